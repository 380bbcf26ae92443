/* SPDX-License-Identifier: MIT */
/* test_report.c: the pure parts of explain. */
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

#include "explain/moment.h"
#include "explain/needs.h"
#include "explain/report.h"

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
	struct failure f;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_int_equal(explain_moment_parse(rows[i].text, &m, &f),
			rows[i].ret);
		if (rows[i].ret) {
			assert_int_equal(f.kind, FAILURE_USAGE);
			assert_false(f.alone);
			assert_memory_equal(f.text, "--arm ", 6);
			continue;
		}
		assert_int_equal(m.when, rows[i].when);
		assert_string_equal(m.name, rows[i].name);
		assert_int_equal(m.n, rows[i].n);
	}
}

static void moments_come(void **state)
{
	const uint64_t input[6] = { 0, 1 }, other[6] = { 3, 0 };
	struct explain_moment m;
	struct failure f;
	long count = 0;

	(void)state;
	explain_moment_parse("first-read", &m, &f);
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
	explain_moment_parse("syscall:close:2", &m, &f);
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

/* What is written is what is shown of a symbol, what is compared the symbol. */
static void chains(void **state)
{
	struct explain_place p = { .nframes = 4,
		.frames = {
			{ .function = "write",
				.shown = "write",
				.module = "libc.so.6" },
			{ .function = "_ZN3std2io5flush17h0123456789abcdefE",
				.shown = "std::io::flush",
				.file = "io.rs",
				.line = 3,
				.module = "a" },
			{ .function = "main", .shown = "main", .module = "a" },
			{ .function = "__libc_start_call_main",
				.shown = "__libc_start_call_main" },
		} };
	char text[EXPLAIN_CHAIN], small[20];

	(void)state;
	explain_chain(&p, text, sizeof(text));
	assert_string_equal(text, "write < std::io::flush (io.rs:3) < main");
	explain_chain(&p, small, sizeof(small));
	assert_string_equal(small, "write < std::io::fl");
	/* Another symbol that is shown as "main" is no end of a chain. */
	strcpy(p.frames[1].function, "_Z4mainv");
	strcpy(p.frames[1].shown, "main");
	explain_chain(&p, text, sizeof(text));
	assert_string_equal(text, "write < main (io.rs:3) < main");
}

/* Names as long as a frame holds, and none. */
static void long_frames(struct explain_place *p, int first)
{
	static const char *const heads[] = { "std::", "a::b::", "f", "" };

	memset(p, 0, sizeof(*p));
	p->nframes = STACK_FRAMES;
	for (int i = 0; i < STACK_FRAMES; i++) {
		struct frame *f = &p->frames[i];
		const char *head = heads[(i + first) % 4];

		memset(f->module, 'm', sizeof(f->module) - 1);
		memset(f->file, 'c', sizeof(f->file) - 1);
		f->line = 1 << 30;
		f->ip = UINT64_MAX;
		if (!*head)
			continue;
		memset(f->function, 'a' + i, sizeof(f->function) - 1);
		memset(f->shown, 'a' + i, sizeof(f->shown) - 1);
		memcpy(f->shown, head, strlen(head));
	}
}

/* Each piece ends once at each byte of a room. */
static void chains_stay_in_their_room(void **state)
{
	static struct explain_place p;
	char room[2 * EXPLAIN_CHAIN], whole[4 * EXPLAIN_CHAIN];

	(void)state;
	for (int kind = 0; kind < 4; kind++) {
		long_frames(&p, kind);
		explain_chain(&p, whole, sizeof(whole));
		assert_true(strlen(whole) > EXPLAIN_CHAIN);
		for (size_t size = 1; size <= EXPLAIN_CHAIN; size++) {
			memset(room, '#', sizeof(room));
			explain_chain(&p, room, size);
			assert_int_equal(strlen(room), size - 1);
			assert_memory_equal(room, whole, size - 1);
			for (size_t i = size; i < sizeof(room); i++)
				assert_int_equal(room[i], '#');
		}
	}
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
		.frames = { { .function = "f", .shown = "f" } } };
	struct explain_place b = a, c = a, d = a;
	struct explain_group *g;

	(void)state;
	b.count = 40000;
	b.last_us = 100;
	c.need = "y";
	strcpy(d.frames[0].function, "g");
	strcpy(d.frames[0].shown, "g");
	d.count = 7;
	all.list[0] = &a;
	all.list[1] = &b;
	all.list[2] = &c;
	all.list[3] = &d;
	all.n = 4;
	assert_int_equal(explain_groups(&all, &g), 0);
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
int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments),
		cmocka_unit_test(moments_come),
		cmocka_unit_test(needs),
		cmocka_unit_test(chains),
		cmocka_unit_test(chains_stay_in_their_room),
		cmocka_unit_test(groups),
	};

	return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
