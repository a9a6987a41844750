/*
 * glibc's <gnu/stubs.h> asks for this file on every target that is not its
 * own 64-bit one, BPF included; it belongs to a package that hardly anyone
 * has. It would name functions that libc only pretends to have.
 */
