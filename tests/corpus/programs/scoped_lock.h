/* A lock that a scope holds, made by a macro: the names of its functions stand nowhere as such. */
#define DEFINE_SCOPED(name, type, take, give) \
	struct name##_scope { type *held; }; \
	static inline struct name##_scope name##_enter(type *l) { take(l); return (struct name##_scope){ .held = l }; } \
	static inline void name##_leave(struct name##_scope *s) { if (s && s->held) give(s->held); } \
	struct name##_needs_semicolon
#define scoped(name, l) struct name##_scope scope_ __attribute__((cleanup(name##_leave))) = name##_enter(l)

DEFINE_SCOPED(spin, struct bpf_spin_lock, bpf_spin_lock, bpf_spin_unlock);
