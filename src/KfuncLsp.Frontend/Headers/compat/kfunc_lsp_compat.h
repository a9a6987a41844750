/*
 * What newer libbpf headers define and older ones lack, so that a program
 * written for a newer libbpf can be judged beside an older one. Read after
 * the user's own header, which therefore wins.
 */
#pragma once

/* libbpf 1.2 */
#ifndef __kptr_untrusted
#define __kptr_untrusted __attribute__((btf_type_tag("kptr_untrusted")))
#endif
#ifndef __kptr
#define __kptr __attribute__((btf_type_tag("kptr")))
#endif
#ifndef __ksym
#define __ksym __attribute__((section(".ksyms")))
#endif

/* Whether the running kernel has a weak extern. */
#ifndef bpf_ksym_exists
#define bpf_ksym_exists(sym) (!!(sym))
#endif

#ifndef BPF_UPROBE
#define BPF_UPROBE(name, args...) BPF_KPROBE(name, ##args)
#endif
#ifndef BPF_URETPROBE
#define BPF_URETPROBE(name, args...) BPF_KRETPROBE(name, ##args)
#endif

/*
 * Loops over open-coded iterators. Each makes an iterator, asks it for the
 * next element until there is none, and destroys it on every way out.
 */
#define ___kfl_iter(type, it, args...)						\
	struct bpf_iter_##type it						\
	__attribute__((aligned(8), cleanup(bpf_iter_##type##_destroy))),	\
	*it##_made __attribute__((unused)) =					\
		(bpf_iter_##type##_new(&it, ##args), (struct bpf_iter_##type *)0)

#if !defined(bpf_for) || !defined(bpf_repeat)
struct bpf_iter_num;
extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end)
	__attribute__((weak)) __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it)
	__attribute__((weak)) __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it)
	__attribute__((weak)) __ksym;
#endif

#ifndef bpf_for_each
#define bpf_for_each(type, cur, args...)					\
	for (___kfl_iter(type, ___kfl_it, ##args);				\
	     ((cur) = bpf_iter_##type##_next(&___kfl_it)); )
#endif

/* start <= i < end; i is checked so that the verifier knows its bounds. */
#ifndef bpf_for
#define bpf_for(i, start, end)							\
	for (___kfl_iter(num, ___kfl_it, (start), (end));			\
	     ({									\
		int *___kfl_next = bpf_iter_num_next(&___kfl_it);		\
		___kfl_next && ((i) = *___kfl_next,				\
				(i) >= (start) && (i) < (end));			\
	     }); )
#endif

#ifndef bpf_repeat
#define bpf_repeat(times)							\
	for (___kfl_iter(num, ___kfl_it, 0, (times));				\
	     bpf_iter_num_next(&___kfl_it); )
#endif

/* libbpf 1.3 */
#ifndef __percpu_kptr
#define __percpu_kptr __attribute__((btf_type_tag("percpu_kptr")))
#endif

/* libbpf 1.4: how the arguments of global subprograms are verified */
#ifndef __arg_ctx
#define __arg_ctx __attribute__((btf_decl_tag("arg:ctx")))
#endif
#ifndef __arg_nonnull
#define __arg_nonnull __attribute__((btf_decl_tag("arg:nonnull")))
#endif
#ifndef __arg_nullable
#define __arg_nullable __attribute__((btf_decl_tag("arg:nullable")))
#endif
#ifndef __arg_trusted
#define __arg_trusted __attribute__((btf_decl_tag("arg:trusted")))
#endif
#ifndef __arg_arena
#define __arg_arena __attribute__((btf_decl_tag("arg:arena")))
#endif

/*
 * A read-only view of an address as a kernel type. The kfunc is declared
 * where it is used: a program may declare it in its own way.
 */
#ifndef bpf_core_cast
#define bpf_core_cast(ptr, type) ({						\
	extern void *bpf_rdonly_cast(const void *, unsigned int)		\
		__attribute__((weak)) __ksym;					\
	(typeof(type) *)bpf_rdonly_cast((ptr), bpf_core_type_id_kernel(type));	\
})
#endif

/* libbpf 1.5 */
#ifndef __uptr
#define __uptr __attribute__((btf_type_tag("uptr")))
#endif
#ifndef __bpf_fastcall
#if __has_attribute(bpf_fastcall)
#define __bpf_fastcall __attribute__((bpf_fastcall))
#else
#define __bpf_fastcall
#endif
#endif

/* libbpf 1.7 */
#ifndef __arg_untrusted
#define __arg_untrusted __attribute__((btf_decl_tag("arg:untrusted")))
#endif
