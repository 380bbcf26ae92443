/* SPDX-License-Identifier: MIT */
/* test_kafel.c: policies in kafel's language. */
#include "profile/test_profile.h"

static struct profile *read_text(const char *text, struct profile_error *err)
{
	memset(err, 0, sizeof(*err));
	return profile_parse("t", text, strlen(text), err);
}

static const char whole[] =
	"/* constants */ #define MINE 0x10\n"
	"#define BITS 0b110\n"
	"POLICY files {\n"
	"  ALLOW { read, write { fd == 1 || fd == 2, count < 010 } },\n"
	"  ERRNO(5) { write { count == 9 } }, // the first that holds\n"
	"  ERRNO(6) { read }\n"
	"}\n"
	"POLICY more {\n"
	"  USE files,\n"
	"  ALLOW { mmap { (prot & BITS) != BITS && !(flags == MINE || len > "
	"100) } },\n"
	"  TRACE(7) { SYSCALL[39], newuname },\n"
	"  LOG { ioctl(a, b, c) { b == 3 } },\n"
	"  KILL_PROCESS { ptrace {} }, DENY { }, /* three stars end it ***/\n"
	"  ERRNO(7) { dup ON x86_64, pipe ON x86 { fildes == 0 },\n"
	"    dup2 ON {arm, x86_64} { oldfd == 1 }, pciconfig_read ON arm }\n"
	"}\n"
	"USE more DEFAULT ERRNO(9)\n"
	"#define POLL 7\n"
	"ALLOW { POLL(fds, n) { n == 1 } }\n"
	"TRAP(0) { lseek { 4 >= offset } }\n";

#define ERR(n) (SECCOMP_RET_ERRNO | (n))
#define HIGH   (1ull << 32)

/* By hand, from kafel's README. */
static void verdicts(void **state)
{
	static const struct {
		const char *call;
		uint64_t args[4];
		uint32_t verdict;
	} rows[] = {
		{ "read", { 7 }, SECCOMP_RET_ALLOW },
		{ "write", { 1, 0, 99 }, SECCOMP_RET_ALLOW },
		{ "write", { 2 | HIGH, 0, 99 }, SECCOMP_RET_ALLOW }, /* int */
		{ "write", { 3, 0, 7 }, SECCOMP_RET_ALLOW },
		{ "write", { 3, 0, 8 }, ERR(9) },
		{ "write", { 3, 0, 7 | HIGH }, ERR(9) }, /* size_t */
		{ "write", { 1, 0, 9 }, SECCOMP_RET_ALLOW },
		{ "write", { 3, 0, 9 }, ERR(5) },
		{ "mmap", { 0, 100, 4, 0 }, SECCOMP_RET_ALLOW },
		{ "mmap", { 0, 100, 6, 0 }, ERR(9) },
		{ "mmap", { 0, 101, 4, 0 }, ERR(9) },
		{ "mmap", { 0, 100, 4, 16 }, ERR(9) },
		{ "getpid", { 0 }, SECCOMP_RET_TRACE | 7 },
		{ "uname", { 0 }, SECCOMP_RET_TRACE | 7 },
		{ "ioctl", { 0, 3 }, SECCOMP_RET_LOG },
		{ "ioctl", { 0, 3 | HIGH }, ERR(9) }, /* named: 64 bits */
		{ "ptrace", { 0 }, SECCOMP_RET_KILL_PROCESS },
		{ "lseek", { 0, 4 }, SECCOMP_RET_TRAP },
		{ "lseek", { 0, 5 }, ERR(9) },
		{ "dup", { 0 }, ERR(7) },
		{ "pipe", { 0 }, ERR(9) },
		{ "dup2", { 1 }, ERR(7) },
		{ "dup2", { 2 }, ERR(9) },
		{ "poll", { 0, 1 }, SECCOMP_RET_ALLOW },
		{ "poll", { 0, 1 | HIGH }, ERR(9) },
		{ "close", { 0 }, ERR(9) },
	};
	static struct filter bpf;
	struct profile_error err;
	struct profile *p = read_text(whole, &err);

	(void)state;
	if (!p)
		fail_msg("%s", err.text);
	if (profile_build(p, AUDIT_ARCH_X86_64, &bpf, &err)) {
		profile_free(p);
		/* valgrind's libseccomp has no KILL_PROCESS. */
		skip();
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct seccomp_data data = { .arch = AUDIT_ARCH_X86_64,
			.nr = calls_number(AUDIT_ARCH_X86_64, rows[i].call) };
		uint32_t got;

		memcpy(data.args, rows[i].args, sizeof(rows[i].args));
		got = bpf_run(bpf.insns, bpf.ninsns, &data);
		if (got != rows[i].verdict)
			fail_msg("row %zu: %s: %#x", i, rows[i].call, got);
		data.nr |= 0x40000000;
		assert_int_equal(bpf_run(bpf.insns, bpf.ninsns, &data), ERR(9));
		data.arch = AUDIT_ARCH_I386;
		assert_int_equal(bpf_run(bpf.insns, bpf.ninsns, &data),
			SECCOMP_RET_KILL_THREAD);
	}
	profile_free(p);
}

static void wrong(void **state)
{
	static const struct {
		const char *text, *where, *what;
	} rows[] = {
		{ "POLICY a {\n ALLOW { read, }\n}", "t:2:16:", "name of a" },
		{ "POLICY a { ALLOW { reed } }", "t:1:20:", "not the name" },
		{ "ALLOW { read { fd = 1 } }", "t:1:19:", "==" },
		{ "ALLOW { read { what == 1 } }", "t:1:16:", "argument" },
		{ "ALLOW { write { (buf & fd) <= 3 } }", "t:1:26:", "pid:PID" },
		{ "ALLOW { write { buf == fd } }", "t:1:27:", "computed" },
		{ "ALLOW { write { (fd & 1) < 3 } }", "t:1:30:", "== and !=" },
		{ "USE b", "t:1:6:", "b is no policy" },
		{ "POLICY a { USE a }", "t:1:17:", "a is no policy" },
		{ "POLICY a {} POLICY a {}", "t:1:21:", "twice" },
		{ "POLICY a { ALLOW }", "t:1:18:", "expected {" },
		{ "DEFAULT KILL DEFAULT ALLOW", "t:1:21:", "twice" },
		{ "#define X 1\n#define X 2", "t:2:12:", "another" },
		{ "ALLOW { read { fd == 12x } }", "t:1:22:", "64 bits" },
		{ "ERRNO(65536) { read }", "t:1:12:", "65535" },
		{ "TRAP(1) { read }", "t:1:8:", "TRAP" },
		{ "#include \"x\"\n", "t:1:11:", "needs a file" },
		{ "#include \"\"\n", "t:1:11:", "path" },
		{ "LOG {}\n#include\"x\"\n", "t:2:9:", "in quotes" },
		{ "LOG {} #include", "t:1:16:", "end of the line" },
		{ "ALLOW { read } /* why", "t:1:22:", "*/" },
		{ "/** why **/ ALLOW { read }", "t:1:9:", "a blank" },
		{ "ALLOW { read ON vax }", "t:1:17:", "architecture" },
		{ "ALLOW { read ON {x86 arm} }", "t:1:22:", "expected }" },
		{ "ALLOW { reed ON {x86_64} }", "t:1:9:", "not the name" },
		{ "ALLOW { read ON x86 { fd == 1 }", "t:1:32:", "expected" },
		{ "#define X 99999\nALLOW { X }", "t:2:10:", "32767" },
		{ "POLICY a { ALLOW { read }", "t:1:26:", "expected" },
		{ "ALLOW { read { ((((((((((((((((((fd", "t:1:", "deep" },
		{ "ALLOW { read } what", "t:1:16:", "POLICY" },
	};
	struct profile_error err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct profile *p = read_text(rows[i].text, &err);

		if (p ||
			strncmp(err.text, rows[i].where,
				strlen(rows[i].where)) ||
			!strstr(err.text, rows[i].what))
			fail_msg("%s: %s", rows[i].text, p ? "" : err.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts),
		cmocka_unit_test(wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
