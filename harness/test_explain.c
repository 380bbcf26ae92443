/* SPDX-License-Identifier: MIT */
/* test_explain.c: the pure parts of explain. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

#include "bpf.h"
#include "explain_filter.h"
#include "explain_moment.h"
#include "explain_needs.h"
#include "explain_report.h"
#include "text.h"

#define NO   7
#define TOLD (SECCOMP_RET_TRACE | EXPLAIN_MARK | NO)

static const struct {
	uint32_t verdict, real, let;
} verdicts[] = {
	{ SECCOMP_RET_ALLOW, SECCOMP_RET_ALLOW, SECCOMP_RET_ALLOW },
	{ SECCOMP_RET_LOG, SECCOMP_RET_LOG, SECCOMP_RET_LOG },
	{ SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_KILL_PROCESS, TOLD },
	{ SECCOMP_RET_KILL_THREAD, SECCOMP_RET_KILL_THREAD, TOLD },
	{ SECCOMP_RET_TRAP, SECCOMP_RET_TRAP, TOLD },
	{ SECCOMP_RET_ERRNO | EPERM, TOLD, TOLD },
	{ SECCOMP_RET_TRACE | 5, TOLD, TOLD },
	{ SECCOMP_RET_USER_NOTIF, TOLD, TOLD },
};

#define NVERDICTS (sizeof(verdicts) / sizeof(*verdicts))

static uint32_t verdict_of(const struct profile_bpf *f, int nr)
{
	struct seccomp_data data = { .nr = nr, .arch = AUDIT_ARCH_X86_64 };
	size_t bad;

	assert_int_equal(bpf_check(f->insns, f->ninsns, &bad), 0);
	return bpf_run(f->insns, f->ninsns, &data);
}

static void constant_answers(void **state)
{
	static struct profile_bpf in, out;

	(void)state;
	for (size_t i = 0; i < NVERDICTS; i++) {
		const struct sock_filter ret =
			BPF_STMT(BPF_RET | BPF_K, verdicts[i].verdict);

		in.insns[0] = ret;
		in.ninsns = 1;
		assert_int_equal(
			explain_filter(&in, EXPLAIN_REAL, TOLD, &out), 0);
		assert_int_equal(verdict_of(&out, 0), verdicts[i].real);
		assert_int_equal(
			explain_filter(&in, EXPLAIN_LET, TOLD, &out), 0);
		assert_int_equal(verdict_of(&out, 0), verdicts[i].let);
	}
}

/* A filter that answers with the call's number. */
static void computed_answers(void **state)
{
	static struct profile_bpf in, out;
	const struct sock_filter load = BPF_STMT(
		BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	const struct sock_filter ret = BPF_STMT(BPF_RET | BPF_A, 0);

	(void)state;
	in.insns[0] = load;
	in.insns[1] = ret;
	in.ninsns = 2;
	for (size_t i = 0; i < NVERDICTS; i++) {
		int nr = (int)verdicts[i].verdict;

		assert_int_equal(
			explain_filter(&in, EXPLAIN_REAL, TOLD, &out), 0);
		assert_int_equal(verdict_of(&out, nr), verdicts[i].real);
		assert_int_equal(
			explain_filter(&in, EXPLAIN_LET, TOLD, &out), 0);
		assert_int_equal(verdict_of(&out, nr), verdicts[i].let);
	}
	/* An action that the kernel does not know kills the process. */
	assert_int_equal(explain_filter(&in, EXPLAIN_REAL, TOLD, &out), 0);
	assert_int_equal(
		verdict_of(&out, 0x12340000), SECCOMP_RET_KILL_PROCESS);
	in.ninsns = BPF_MAXINSNS;
	assert_int_equal(explain_filter(&in, EXPLAIN_LET, TOLD, &out), -E2BIG);
}

static void some_calls_are_told(void **state)
{
	static struct profile_bpf f;
	struct seccomp_data clone = { .nr = SYS_clone,
		.arch = AUDIT_ARCH_X86_64 };
	const struct seccomp_data alarm32 = { .nr = 27,
		.arch = AUDIT_ARCH_I386 };
	const struct sock_filter allow =
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	const struct sock_filter kill =
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);

	(void)state;
	f.insns[0] = allow;
	f.ninsns = 1;
	explain_watch(&f, AUDIT_ARCH_X86_64);
	assert_int_equal(verdict_of(&f, SYS_ptrace),
		SECCOMP_RET_TRACE | EXPLAIN_MARK_PTRACE);
	assert_int_equal(verdict_of(&f, SYS_alarm),
		SECCOMP_RET_TRACE | EXPLAIN_MARK_ALARM);
	assert_int_equal(verdict_of(&f, SYS_setitimer),
		SECCOMP_RET_TRACE | EXPLAIN_MARK_ALARM);
	assert_int_equal(bpf_run(f.insns, f.ninsns, &alarm32),
		SECCOMP_RET_TRACE | EXPLAIN_MARK_ALARM);
	assert_int_equal(verdict_of(&f, SYS_read), SECCOMP_RET_ALLOW);
	assert_int_equal(verdict_of(&f, SYS_clone), SECCOMP_RET_ALLOW);
	clone.args[0] = CLONE_UNTRACED;
	assert_int_equal(bpf_run(f.insns, f.ninsns, &clone),
		SECCOMP_RET_TRACE | EXPLAIN_MARK_CLONE);
	/* What seccomp_is_const_allow follows in kernel/seccomp.c: for other
	 * instructions it keeps nothing, and each call runs the filter. */
	for (size_t i = 0; i < f.ninsns; i++)
		switch (f.insns[i].code) {
		case BPF_LD | BPF_W | BPF_ABS:
		case BPF_RET | BPF_K:
		case BPF_JMP | BPF_JA:
		case BPF_JMP | BPF_JEQ | BPF_K:
		case BPF_JMP | BPF_JGE | BPF_K:
		case BPF_JMP | BPF_JGT | BPF_K:
		case BPF_JMP | BPF_JSET | BPF_K:
		case BPF_ALU | BPF_AND | BPF_K:
			break;
		default:
			fail_msg("instruction %zu: %#x", i, f.insns[i].code);
		}
	f.insns[0] = kill;
	f.ninsns = 1;
	explain_watch(&f, AUDIT_ARCH_X86_64);
	assert_int_equal(verdict_of(&f, SYS_ptrace), SECCOMP_RET_KILL_PROCESS);
	assert_int_equal(verdict_of(&f, SYS_clone), SECCOMP_RET_KILL_PROCESS);
}

static void strict_is_four_calls(void **state)
{
	static struct profile_bpf f;
	int allowed = 0;

	(void)state;
	explain_strict(AUDIT_ARCH_X86_64, &f);
	for (int nr = 0; nr < 500; nr++)
		allowed += explain_allows(verdict_of(&f, nr));
	assert_int_equal(allowed, 4);
	assert_true(explain_allows(verdict_of(&f, SYS_read)));
	assert_true(explain_allows(verdict_of(&f, SYS_write)));
	assert_true(explain_allows(verdict_of(&f, SYS_exit)));
	assert_true(explain_allows(verdict_of(&f, SYS_rt_sigreturn)));
}

static void verdicts_in_words(void **state)
{
	char text[64];

	(void)state;
	explain_verdict(SECCOMP_RET_ERRNO | EACCES, text, sizeof(text));
	assert_string_equal(text, "answers EACCES");
	explain_verdict(SECCOMP_RET_ERRNO, text, sizeof(text));
	assert_string_equal(text, "answers 0, and does nothing");
	explain_verdict(SECCOMP_RET_USER_NOTIF, text, sizeof(text));
	assert_string_equal(text, "answers ENOSYS");
	explain_verdict(0x12340000, text, sizeof(text));
	assert_string_equal(text, "kills the process");
	/* kernel/seccomp.c: at most MAX_ERRNO. */
	assert_int_equal(explain_errno(SECCOMP_RET_ERRNO | 0xffff), 4095);
}

static void moments(void **state)
{
	static const struct {
		const char *text;
		int ret;
		enum explain_when when;
		const char *name;
		long n;
	} rows[] = {
		{ "exec", 0, WHEN_EXEC, "", 0 },
		{ "main", 0, WHEN_MAIN, "", 0 },
		{ "symbol:a:b", 0, WHEN_SYMBOL, "a:b", 0 },
		{ "first-read", 0, WHEN_READ, "", 0 },
		{ "syscall:close", 0, WHEN_CALL, "close", 1 },
		{ "syscall:close:3", 0, WHEN_CALL, "close", 3 },
		{ "after:250", 0, WHEN_AFTER, "", 250 },
		{ "self", 0, WHEN_SELF, "", 0 },
		{ "", -1, 0, NULL, 0 },
		{ "mains", -1, 0, NULL, 0 },
		{ "main:", -1, 0, NULL, 0 },
		{ "symbol", -1, 0, NULL, 0 },
		{ "symbol:", -1, 0, NULL, 0 },
		{ "syscall:raed", -1, 0, NULL, 0 },
		{ "syscall:close:0", -1, 0, NULL, 0 },
		{ "syscall:close:x", -1, 0, NULL, 0 },
		{ "after:", -1, 0, NULL, 0 },
		{ "after:-1", -1, 0, NULL, 0 },
		{ "after:99999999999999999999", -1, 0, NULL, 0 },
	};
	struct explain_moment m;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_int_equal(
			explain_moment_parse(rows[i].text, &m), rows[i].ret);
		if (rows[i].ret)
			continue;
		assert_int_equal(m.when, rows[i].when);
		assert_string_equal(m.name, rows[i].name);
		assert_int_equal(m.n, rows[i].n);
	}
}

static void moments_come(void **state)
{
	const uint64_t input[6] = { 0, 1 }, other[6] = { 3, 0 };
	struct explain_moment m;
	long count = 0;

	(void)state;
	explain_moment_parse("first-read", &m);
	assert_true(explain_moment_is(
		&m, AUDIT_ARCH_X86_64, SYS_read, input, &count));
	assert_false(explain_moment_is(
		&m, AUDIT_ARCH_X86_64, SYS_read, other, &count));
	assert_false(explain_moment_is(
		&m, AUDIT_ARCH_X86_64, SYS_write, input, &count));
	/* sendfile reads from its second one; 3 is read on i386 */
	assert_true(explain_moment_is(
		&m, AUDIT_ARCH_X86_64, SYS_sendfile, other, &count));
	assert_true(explain_moment_is(&m, AUDIT_ARCH_I386, 3, input, &count));
	explain_moment_parse("syscall:close:2", &m);
	assert_false(explain_moment_is(
		&m, AUDIT_ARCH_X86_64, SYS_close, other, &count));
	assert_false(explain_moment_is(
		&m, AUDIT_ARCH_X86_64, SYS_read, other, &count));
	assert_true(explain_moment_is(
		&m, AUDIT_ARCH_X86_64, SYS_close, other, &count));
}

static void needs(void **state)
{
	static const struct {
		const char *call, *need;
		struct frame frames[4];
	} rows[] = {
		{ "brk", "the heap grows",
			{ { .function = "__sbrk" }, { .function = "sysmalloc" },
				{ .function = "main" } } },
		{ "brk", "the heap", { { .function = "main" } } },
		{ "mmap", "a crash: the program ends itself for a fault",
			{ { .function = "malloc" },
				{ .function = "__assert_fail" } } },
		/* What lies below main is old. */
		{ "write", "to read and write",
			{ { .function = "main" },
				{ .function = "__init_libc" } } },
		{ "clone3", "the start of a process",
			{ { .function = "__clone3" },
				{ .function = "__spawnix" },
				{ .function = "posix_spawn" } } },
		{ "clone3", "the start of a thread",
			{ { .function = "__clone3" },
				{ .function = "pthread_create" } } },
		{ "munmap", "the end of a thread",
			{ { .function = "__munmap" },
				{ .function = "start_thread" } } },
		{ "munmap", "a thread's own heap",
			{ { .function = "__munmap" },
				{ .function = "alloc_new_heap" },
				{ .function = "start_thread" } } },
		{ "clone", "the start of a process",
			{ { .function = "_Fork" } } },
		{ "vfork", "the start of a process" },
		{ "getpid", "to know oneself or the machine",
			{ { .function = "main.main" },
				{ .function = "runtime.main" } } },
		{ "rt_sigreturn", "the return from a signal handler" },
		{ "a_call_of_tomorrow", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(
			explain_need(rows[i].call, rows[i].frames, 4),
			rows[i].need);
}

static void chains(void **state)
{
	struct explain_place p = { .nframes = 5,
		.frames = {
			{ .function = "write@@GLIBC_2.2.5",
				.module = "libc.so.6" },
			{ .function = "flush.constprop.0", .module = "a" },
			{ .function = "_ZN3std2io5flush17h0123456789abcdefE",
				.file = "io.rs",
				.line = 3,
				.module = "a" },
			{ .function = "main", .module = "a" },
			{ .function = "__libc_start_call_main" },
		} };
	char text[EXPLAIN_CHAIN], small[20];

	(void)state;
	explain_chain(&p, text, sizeof(text));
	assert_string_equal(
		text, "write < flush < std::io::flush (io.rs:3) < main");
	explain_chain(&p, small, sizeof(small));
	assert_string_equal(small, "write < flush < std");
	p.nframes = 1;
	strcpy(p.frames[0].function, "_ZN4nodeL5StartEv");
	explain_chain(&p, text, sizeof(text));
	assert_string_equal(text, "node::Start");
	strcpy(p.frames[0].function, "_ZNSt6vectorI");
	explain_chain(&p, text, sizeof(text));
	assert_string_equal(text, "std::vector");
	strcpy(p.frames[0].function, "_ZN99999cut");
	explain_chain(&p, text, sizeof(text));
	assert_string_equal(text, "cut");
}

static void groups(void **state)
{
	static struct explain_places all;
	struct explain_place a = { .nr = 1,
		.need = "x",
		.count = 2,
		.first_us = 5,
		.last_us = 9,
		.nframes = 1,
		.frames = { { .function = "f" } } };
	struct explain_place b = a, c = a, d = a;
	struct explain_group *g;

	(void)state;
	b.count = 40000;
	b.last_us = 100;
	c.need = "y";
	strcpy(d.frames[0].function, "g");
	d.count = 7;
	all.list[0] = &a;
	all.list[1] = &b;
	all.list[2] = &c;
	all.list[3] = &d;
	all.n = 4;
	g = explain_groups(&all);
	assert_non_null(g);
	assert_int_equal(g->count, 40009);
	assert_int_equal(g->nlines, 2);
	assert_int_equal(g->lines[0]->count, 40002);
	assert_int_equal(g->last_us, 100);
	assert_non_null(g->next);
	assert_int_equal(g->next->count, 2);
	assert_null(g->next->next);
	explain_groups_free(g);
}

/* Each verdict of a base, before a filter that refuses all. */
static void under_a_base(void **state)
{
	static struct profile_bpf base, f;

	(void)state;
	for (size_t i = 0; i < NVERDICTS; i++) {
		const struct sock_filter insns[] = {
			BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
				offsetof(struct seccomp_data, nr)),
			BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_read, 0, 1),
			BPF_STMT(BPF_RET | BPF_K, verdicts[i].verdict),
			BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		};
		/* It counts on accumulator and index being 0. */
		const struct sock_filter clear[] = {
			BPF_STMT(BPF_ALU | BPF_ADD | BPF_X, 0),
			BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1),
			BPF_STMT(BPF_RET | BPF_K, TOLD),
			BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		};

		memcpy(base.insns, insns, sizeof(insns));
		base.ninsns = 4;
		memcpy(f.insns, clear, sizeof(clear));
		f.ninsns = 4;
		assert_int_equal(explain_under(&base, &f), 0);
		assert_int_equal(verdict_of(&f, SYS_read),
			explain_allows(verdicts[i].verdict)
				? TOLD
				: verdicts[i].verdict);
		assert_int_equal(
			verdict_of(&f, SYS_write), SECCOMP_RET_ERRNO | EPERM);
	}
	f.ninsns = BPF_MAXINSNS - 5;
	assert_int_equal(explain_under(&base, &f), -E2BIG);
}

static void strangers_bytes(void **state)
{
	static const struct {
		const char *from, *to;
	} rows[] = {
		{ "", "" },
		{ "plain", "plain" },
		{ "\033[2J\a", "\\x1b[2J\\x07" },
		{ "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80",
			"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80" },
		{ "\xff", "\\xff" },
		{ "\xc3", "\\xc3" },		       /* cut */
		{ "\xc0\xaf", "\\xc0\\xaf" },	       /* too long */
		{ "\xed\xa0\x80", "\\xed\\xa0\\x80" }, /* surrogate */
		{ "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" },
		{ "\xc2\x9b", "\\xc2\\x9b" }, /* CSI, in one */
		{ "\x7f", "\\x7f" },
	};
	char *argv[] = { "a", "b c", "\n", NULL };
	char to[64], small[8];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		text_show(rows[i].from, to, sizeof(to));
		assert_string_equal(to, rows[i].to);
	}
	text_command(argv, to, sizeof(to));
	assert_string_equal(to, "a b c \\x0a");
	text_show("1234567", small, sizeof(small));
	assert_string_equal(small, "1234567");
	text_show("12345678", small, sizeof(small));
	assert_string_equal(small, "1234...");
	/* No character is cut in two. */
	text_show("123\xc3\xa9\xc3\xa9\xc3\xa9", small, sizeof(small));
	assert_string_equal(small, "123...");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(under_a_base),
		cmocka_unit_test(constant_answers),
		cmocka_unit_test(computed_answers),
		cmocka_unit_test(some_calls_are_told),
		cmocka_unit_test(strict_is_four_calls),
		cmocka_unit_test(verdicts_in_words),
		cmocka_unit_test(moments),
		cmocka_unit_test(moments_come),
		cmocka_unit_test(needs),
		cmocka_unit_test(chains),
		cmocka_unit_test(groups),
		cmocka_unit_test(strangers_bytes),
	};

	return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
