/* The same of hooks of a cgroup, which say yes or no; of one that returns nothing only yes. */
#include "own.h"

SEC("lsm_cgroup/socket_bind")
int BPF_PROG(bind_no, struct socket *sock) { return 0; }

SEC("lsm_cgroup/socket_bind")
int BPF_PROG(bind_yes, struct socket *sock) { return 1; }

SEC("lsm_cgroup/socket_bind")
int BPF_PROG(bind_two, struct socket *sock) { return 2; }

SEC("lsm_cgroup/socket_bind")
int BPF_PROG(bind_error, struct socket *sock) { return -1; }

SEC("lsm_cgroup/sk_free_security")
int BPF_PROG(free_no, struct sock *sk) { return 0; }

SEC("lsm_cgroup/sk_free_security")
int BPF_PROG(free_yes, struct sock *sk) { return 1; }
