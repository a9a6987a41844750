/* What a program may set to be returned. */
#include "own.h"
SEC("cgroup/dev")
int error(void *ctx) { bpf_set_retval(-22); return 1; }
SEC("cgroup/dev")
int last_error(void *ctx) { bpf_set_retval(-4095); return 1; }
SEC("cgroup/dev")
int no_error(void *ctx) { bpf_set_retval(-4096); return 1; }
SEC("cgroup/dev")
int positive(void *ctx) { bpf_set_retval(1); return 1; }
SEC("cgroup/getsockopt")
int of_option_read(void *ctx) { bpf_set_retval(7); return 1; }
SEC("cgroup/setsockopt")
int of_option_written(void *ctx) { bpf_set_retval(7); return 1; }
SEC("lsm_cgroup/socket_bind")
int BPF_PROG(of_hook, struct socket *sock) { bpf_set_retval(1); return 1; }
SEC("lsm_cgroup/socket_bind")
int BPF_PROG(of_hook_error, struct socket *sock) { bpf_set_retval(-1); return 1; }
SEC("lsm_cgroup/sk_free_security")
int BPF_PROG(of_silent_hook, struct sock *sk) { bpf_set_retval(0); return 1; }
