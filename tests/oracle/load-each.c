/*
 * load-each OBJECT... : loads every program of every BPF object alone, and prints what the kernel said of it.
 *
 * Nothing is attached and nothing is pinned: each program lives until the next one is tried. One line of JSON for each:
 * obj, prog, sec, status (ok | reject | reject-nolog | libbpf-error), rc, log (the verifier's last part), warn (libbpf's).
 *
 * cc -O2 -Wall load-each.c -o load-each -lbpf      (libbpf 1.1 or newer)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <bpf/libbpf.h>

#define LOG_SIZE (16 << 20)
#define LOG_SHOWN (64 << 10)

static char log_buf[LOG_SIZE];
static char warnings[64 << 10];
static size_t warned;

static int keep_warning(enum libbpf_print_level level, const char *format, va_list args)
{
	int n;

	if (level == LIBBPF_DEBUG || warned >= sizeof(warnings) - 1)
		return 0;
	n = vsnprintf(warnings + warned, sizeof(warnings) - warned, format, args);
	if (n > 0)
		warned += n;
	if (warned >= sizeof(warnings))
		warned = sizeof(warnings) - 1;
	return n;
}

static void print_string(const char *key, const char *value)
{
	printf(", \"%s\": \"", key);
	for (; *value; value++) {
		unsigned char c = *value;

		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

/* Loads the n-th program of an object alone. False when there is no such program. */
static int load_one(const char *path, int n)
{
	struct bpf_object *obj = bpf_object__open(path);
	struct bpf_program *prog, *chosen = NULL;
	const char *status, *log = log_buf;
	int i = 0, rc;

	if (!obj) {
		printf("{\"rc\": -1, \"open_fail\": true");
		print_string("obj", path);
		print_string("warn", warnings);
		printf("}\n");
		return 0;
	}
	bpf_object__for_each_program(prog, obj) {
		if (i == n)
			chosen = prog;
		bpf_program__set_autoload(prog, i++ == n);
	}
	if (!chosen) {
		bpf_object__close(obj);
		return 0;
	}
	log_buf[0] = 0;
	warned = 0;
	warnings[0] = 0;
	bpf_program__set_log_buf(chosen, log_buf, sizeof(log_buf));
	rc = bpf_object__load(obj);
	if (!rc)
		status = "ok";
	else if (strstr(log_buf, "processed ") || strstr(warnings, "BPF program load failed"))
		status = log_buf[0] ? "reject" : "reject-nolog";
	else
		status = "libbpf-error";
	if (strlen(log) > LOG_SHOWN)
		log += strlen(log) - LOG_SHOWN;
	printf("{\"rc\": %d", rc);
	print_string("obj", path);
	print_string("prog", bpf_program__name(chosen));
	print_string("sec", bpf_program__section_name(chosen));
	print_string("status", status);
	print_string("log", rc ? log : "");
	print_string("warn", rc ? warnings : "");
	printf("}\n");
	fflush(stdout);
	bpf_object__close(obj);
	return 1;
}

int main(int argc, char **argv)
{
	int i, n;

	libbpf_set_print(keep_warning);
	libbpf_set_strict_mode(LIBBPF_STRICT_ALL);
	for (i = 1; i < argc; i++)
		for (n = 0; load_one(argv[i], n); n++)
			;
	return 0;
}
