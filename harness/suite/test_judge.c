/* SPDX-License-Identifier: MIT */
/* test_judge.c: evidence made by hand, and what the judge must say of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "probe/cell.h"
#include "suite/judge.h"

#define EXITED(status) ((status) << 8)
#define KILLED(sig)    (sig)

static bool only_root(const char *feature)
{
	return !strcmp(feature, "root");
}

static const struct place four = {
	.profile = "four",
	.filtered = true,
	.flavour = "glibc",
	.libc = GLIBC(2, 36),
	.kernel = KERNEL(6, 18),
	.has = only_root,
};

static const struct place none = {
	.profile = "none",
	.flavour = "glibc",
	.has = only_root,
};

static struct evidence ended(int wait_status, uint32_t stage, int result)
{
	struct evidence ev = { .ended = true,
		.wait_status = wait_status,
		.stage = stage,
		.result = result };

	return ev;
}

static void add_refusal(
	struct evidence *ev, const char *call, bool lived, const char *function)
{
	struct refusal *r = &ev->refusals[ev->nrefusals++];

	snprintf(r->call, sizeof(r->call), "%s", call);
	r->end = lived ? REFUSAL_THREAD : REFUSAL_PROCESS;
	ev->nrefused++;
	r->nframes = 1;
	snprintf(r->frames[0].function, sizeof(r->frames[0].function), "%s",
		function);
}

static struct judged judge(const struct evidence *ev, const struct place *place,
	const struct probe *p)
{
	struct declaration d = { .name = "t/t", .probe = *p };
	struct judged j;

	judge_outcome(&d, place, ev, &j);
	return j;
}

static void assert_judged(
	struct judged j, enum outcome outcome, int num, const char *call)
{
	assert_string_equal(
		judge_outcome_name(j.outcome), judge_outcome_name(outcome));
	assert_int_equal(j.num, num);
	assert_string_equal(j.call, call);
}

static const struct probe plain = { .about = "x" };

static void test_results(void **state)
{
	struct evidence ev = ended(EXITED(0), CELL_DONE, 0);

	(void)state;
	assert_judged(judge(&ev, &four, &plain), OUT_WORKS, 0, "");
	ev.result = EPERM;
	assert_judged(judge(&ev, &four, &plain), OUT_FAILS, EPERM, "");
	assert_judged(judge(&ev, &none, &plain), OUT_FAILS, EPERM, "");
}

/* One who left others asleep when his check failed did not hang. */
static void test_wrong_and_asleep(void **state)
{
	struct evidence ev = { .hung = true,
		.leader_zombie = true,
		.stage = CELL_DONE,
		.result = EBADE,
		.line = 12 };

	(void)state;
	assert_judged(judge(&ev, &four, &plain), OUT_FAILS, EBADE, "");
	assert_int_equal(judge(&ev, &four, &plain).line, 12);
	assert_string_equal(judge(&ev, &four, &plain).text,
		"fails: wrong result at line 12");
	ev.result = EPERM;
	assert_judged(judge(&ev, &four, &plain), OUT_ZOMBIE, 0, "");
	ev.result = 0;
	assert_judged(judge(&ev, &four, &plain), OUT_ZOMBIE, 0, "");
}

static void test_statuses(void **state)
{
	static const struct probe exits = { PROBE_EXITS(7) };
	static const struct probe exits_0 = { PROBE_EXITS(0) };
	struct evidence ev = ended(EXITED(7), CELL_ARMED, 0);

	(void)state;
	assert_judged(judge(&ev, &four, &exits), OUT_WORKS, 0, "");
	assert_judged(judge(&ev, &four, &exits_0), OUT_EXITS, 7, "");
	/* A probe that should return and exited instead did not work. */
	ev.wait_status = EXITED(0);
	assert_judged(judge(&ev, &four, &plain), OUT_EXITS, 0, "");
	assert_judged(judge(&ev, &four, &exits_0), OUT_WORKS, 0, "");
}

static void test_deaths(void **state)
{
	struct evidence ev = ended(KILLED(SIGSYS), CELL_ARMED, 0);

	(void)state;
	assert_judged(judge(&ev, &four, &plain), OUT_DIES, 0, "?");
	add_refusal(&ev, "brk", false, "sbrk");
	assert_judged(judge(&ev, &four, &plain), OUT_DIES, 0, "brk");
	/* Strict mode kills by SIGKILL. */
	ev.wait_status = KILLED(SIGKILL);
	assert_judged(judge(&ev, &four, &plain), OUT_DIES, 0, "brk");
	/* Nobody filtered anything here: it killed itself. */
	assert_judged(judge(&ev, &none, &plain), OUT_CRASHES, SIGKILL, "");
}

/* Which of the refusals ended it, by the wait status and what each did. */
static void test_settling(void **state)
{
	static const struct {
		int status;
		bool strict;
		enum refusal_end ends[3], settled[3];
	} rows[] = {
		/* Three threads die alone, and the program exits. */
		{ EXITED(0), false,
			{ REFUSAL_THREAD, REFUSAL_THREAD, REFUSAL_THREAD },
			{ REFUSAL_THREAD, REFUSAL_THREAD, REFUSAL_THREAD } },
		/* The last thread to die takes the process with it. */
		{ KILLED(SIGSYS), false,
			{ REFUSAL_THREAD, REFUSAL_THREAD, REFUSAL_THREAD },
			{ REFUSAL_THREAD, REFUSAL_THREAD, REFUSAL_PROCESS } },
		/* A trap that was handled ends nothing. */
		{ KILLED(SIGSYS), false,
			{ REFUSAL_THREAD, REFUSAL_THREAD, REFUSAL_ANSWERED },
			{ REFUSAL_THREAD, REFUSAL_PROCESS, REFUSAL_ANSWERED } },
		{ KILLED(SIGSYS), false,
			{ REFUSAL_ANSWERED, REFUSAL_THREAD, REFUSAL_PROCESS },
			{ REFUSAL_ANSWERED, REFUSAL_THREAD, REFUSAL_PROCESS } },
		/* raise(SIGSYS) of its own, after traps that it handled. */
		{ KILLED(SIGSYS), false,
			{ REFUSAL_ANSWERED, REFUSAL_ANSWERED,
				REFUSAL_ANSWERED },
			{ REFUSAL_ANSWERED, REFUSAL_ANSWERED,
				REFUSAL_ANSWERED } },
		/* Somebody else's SIGKILL, and that of strict mode. */
		{ KILLED(SIGKILL), false,
			{ REFUSAL_ANSWERED, REFUSAL_ANSWERED, REFUSAL_THREAD },
			{ REFUSAL_ANSWERED, REFUSAL_ANSWERED,
				REFUSAL_THREAD } },
		{ KILLED(SIGKILL), true,
			{ REFUSAL_ANSWERED, REFUSAL_ANSWERED, REFUSAL_THREAD },
			{ REFUSAL_ANSWERED, REFUSAL_ANSWERED,
				REFUSAL_PROCESS } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct evidence ev = ended(rows[i].status, CELL_ARMED, 0);

		for (int k = 0; k < 3; k++) {
			add_refusal(&ev, "getpid", true, "");
			ev.refusals[k].end = rows[i].ends[k];
		}
		judge_refusals(&ev, rows[i].strict);
		for (int k = 0; k < 3; k++)
			assert_int_equal(
				ev.refusals[k].end, rows[i].settled[k]);
	}
}

/* A trap survived costs nothing; the thread that was killed after it counts. */
static void test_loss_after_trap(void **state)
{
	struct evidence ev = ended(EXITED(0), CELL_DONE, 0);

	(void)state;
	add_refusal(&ev, "getpid", true, "");
	ev.refusals[0].end = REFUSAL_ANSWERED;
	assert_judged(judge(&ev, &four, &plain), OUT_WORKS, 0, "");
	add_refusal(&ev, "getuid", true, "");
	assert_judged(judge(&ev, &four, &plain), OUT_LOSES, 0, "getuid");
}

static void test_crash_after_loss(void **state)
{
	struct evidence ev = ended(KILLED(SIGSEGV), CELL_ARMED, 0);

	(void)state;
	add_refusal(&ev, "madvise", true, "start_thread");
	assert_judged(judge(&ev, &four, &plain), OUT_CRASHES, SIGSEGV, "");
}

static void test_masks(void **state)
{
	static const char *const functions[] = { "abort", "__assert_fail",
		"__stack_chk_fail", "malloc_printerr" };

	(void)state;
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
		struct evidence ev = ended(KILLED(SIGSYS), CELL_ARMED, 0);

		add_refusal(&ev, "writev", false, functions[i]);
		assert_judged(judge(&ev, &four, &plain), OUT_MASKS, SIGABRT,
			"writev");
	}
}

static void test_lost_thread(void **state)
{
	struct evidence ev = ended(EXITED(0), CELL_DONE, 0);

	(void)state;
	add_refusal(&ev, "rseq", true, "start_thread");
	assert_judged(judge(&ev, &four, &plain), OUT_LOSES, 0, "rseq");
	/* A second refusal that ends the process is what it dies of. */
	ev = ended(KILLED(SIGSYS), CELL_ARMED, 0);
	add_refusal(&ev, "rseq", true, "start_thread");
	add_refusal(&ev, "exit_group", false, "_exit");
	assert_judged(judge(&ev, &four, &plain), OUT_DIES, 0, "exit_group");
}

static void test_hangs(void **state)
{
	struct evidence ev = { .stage = CELL_ARMED, .hung = true };

	(void)state;
	assert_judged(judge(&ev, &four, &plain), OUT_HANGS, 0, "");
	add_refusal(&ev, "madvise", true, "x");
	assert_judged(judge(&ev, &four, &plain), OUT_HANGS, 0, "madvise");
	ev.leader_zombie = true;
	assert_judged(judge(&ev, &four, &plain), OUT_ZOMBIE, 0, "madvise");
}

static void test_escape(void **state)
{
	struct evidence ev = ended(EXITED(0), CELL_DONE, 0);

	(void)state;
	snprintf(ev.effect, sizeof(ev.effect), "file x");
	assert_judged(judge(&ev, &four, &plain), OUT_ESCAPES, 0, "file x");
	assert_judged(judge(&ev, &none, &plain), OUT_WORKS, 0, "");
}

static void test_control_signal(void **state)
{
	static const struct probe aborts = { .dies_of = SIGABRT };
	struct evidence ev = ended(KILLED(SIGABRT), CELL_ARMED, 0);

	(void)state;
	assert_judged(judge(&ev, &none, &aborts), OUT_WORKS, 0, "");
	assert_judged(judge(&ev, &none, &plain), OUT_CRASHES, SIGABRT, "");
}

static void test_broken(void **state)
{
	static const uint32_t early[] = { 0, CELL_STARTED, CELL_SET_UP,
		CELL_SETUP_FAILED, CELL_ARM_FAILED, 77 };
	struct evidence ev;

	(void)state;
	for (size_t i = 0; i < sizeof(early) / sizeof(*early); i++) {
		ev = ended(EXITED(0), early[i], 0);
		assert_judged(judge(&ev, &four, &plain), OUT_BROKEN, 0, "");
	}
	ev = ended(EXITED(0), CELL_DONE, 0);
	snprintf(ev.limit, sizeof(ev.limit), "more than 400 tasks");
	assert_judged(judge(&ev, &four, &plain), OUT_BROKEN, 0, "");
	ev = ended(EXITED(0), CELL_DONE, 0);
	snprintf(ev.broken, sizeof(ev.broken), "no ptrace");
	assert_judged(judge(&ev, &four, &plain), OUT_BROKEN, 0, "");
}

static void assert_early(const struct evidence *ev, const char *text)
{
	struct judged j = judge(ev, &four, &plain);

	assert_int_equal(j.outcome, OUT_BROKEN);
	assert_string_equal(j.text, text);
}

static void test_broken_says_how(void **state)
{
	struct evidence ev = ended(EXITED(7), CELL_STARTED, 0);

	(void)state;
	assert_early(
		&ev, "ended before the filter was loaded: status 7 in setup");
	ev = ended(KILLED(SIGSEGV), CELL_SET_UP, 0);
	assert_early(&ev, "ended before the filter was loaded: SIGSEGV as the "
			  "filter was loaded");
	ev = ended(EXITED(0), 77, 0);
	assert_early(&ev, "ended before the filter was loaded: status 0 at a "
			  "stage that is none");
	ev = (struct evidence){ .stage = CELL_STARTED, .hung = true };
	assert_early(&ev, "the filter was never loaded: hung in setup, "
			  "deadline");
	snprintf(ev.hang.reason, sizeof(ev.hang.reason), "nobody wakes it");
	assert_early(&ev, "the filter was never loaded: hung in setup, "
			  "nobody wakes it");
	ev.hang.spins = true;
	assert_early(
		&ev, "the filter was never loaded: hung in setup, it spins");
	ev = (struct evidence){ 0 };
	assert_early(&ev, "the filter was never loaded: stopped before main "
			  "at the runner's deadline");
}

static enum verdict verdict_of(
	const struct expect *rows, int n, const struct judged *seen)
{
	struct declaration d = { .name = "t/t", .nexpect = n };
	const struct expect *row;
	char want[200];

	memcpy(d.probe.expect, rows, (size_t)n * sizeof(*rows));
	return judge_verdict(&d, &four, seen, &row, want, sizeof(want));
}

static void test_first_row_decides(void **state)
{
	static const struct expect rows[] = {
		{ WORKS, .under = "four-log" },
		{ WORKS, .libc = MUSL(1, 0, 0) },
		{ WORKS, .libc = GLIBC(2, 40) },
		{ WORKS, .kernel = KERNEL(7, 0) },
		{ WORKS, .has = "futex2" },
		{ WORKS, .has = "!root" },
		{ DIES("brk|mmap"), .libc = GLIBC(2, 30), .has = "root" },
		{ WORKS },
	};
	struct judged mmap = { .outcome = OUT_DIES, .call = "mmap" };
	struct judged map = { .outcome = OUT_DIES, .call = "map" };
	struct judged mmap2 = { .outcome = OUT_DIES, .call = "mmap2" };
	struct judged works = { .outcome = OUT_WORKS };
	struct judged broken = { .outcome = OUT_BROKEN };

	(void)state;
	assert_int_equal(verdict_of(rows, 8, &mmap), VERDICT_PASS);
	assert_int_equal(verdict_of(rows, 8, &map), VERDICT_FAIL);
	assert_int_equal(verdict_of(rows, 8, &mmap2), VERDICT_FAIL);
	assert_int_equal(verdict_of(rows, 8, &works), VERDICT_FAIL);
	assert_int_equal(verdict_of(rows, 8, &broken), VERDICT_BROKEN);
	assert_int_equal(verdict_of(rows, 5, &works), VERDICT_BROKEN);
}

static void test_alternatives(void **state)
{
	static const struct expect rows[] = {
		{ DIES("rseq"), .or = true },
		{ DIES("brk"), .under = "none", .or = true },
		{ WORKS },
		{ FAILS(EPERM) },
	};
	struct judged rseq = { .outcome = OUT_DIES, .call = "rseq" };
	struct judged brk = { .outcome = OUT_DIES, .call = "brk" };
	struct judged works = { .outcome = OUT_WORKS };
	struct judged fails = { .outcome = OUT_FAILS, .num = EPERM };

	(void)state;
	assert_int_equal(verdict_of(rows, 4, &rseq), VERDICT_PASS);
	assert_int_equal(verdict_of(rows, 4, &works), VERDICT_PASS);
	assert_int_equal(verdict_of(rows, 4, &brk), VERDICT_FAIL);
	assert_int_equal(verdict_of(rows, 4, &fails), VERDICT_FAIL);
}

/* What is as declared is not, on a kernel that is not well. */
static void test_kernel_reports(void **state)
{
	static const struct expect works[] = { { WORKS } };
	const struct declaration d = { .name = "t/t" };
	struct evidence ev = ended(EXITED(0), CELL_DONE, 0);
	struct judged seen;

	(void)state;
	judge_outcome(&d, &four, &ev, &seen);
	assert_int_equal(verdict_of(works, 1, &seen), VERDICT_PASS);
	snprintf(ev.report, sizeof(ev.report), "WARNING: a.c:1 at f");
	judge_outcome(&d, &four, &ev, &seen);
	assert_int_equal(seen.outcome, OUT_WORKS);
	assert_string_equal(
		seen.text, "works; the kernel reported: WARNING: a.c:1 at f");
	assert_int_equal(verdict_of(works, 1, &seen), VERDICT_FAIL);
	assert_int_equal(verdict_of(works, 0, &seen), VERDICT_BROKEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_results),
		cmocka_unit_test(test_wrong_and_asleep),
		cmocka_unit_test(test_statuses),
		cmocka_unit_test(test_deaths),
		cmocka_unit_test(test_crash_after_loss),
		cmocka_unit_test(test_settling),
		cmocka_unit_test(test_loss_after_trap),
		cmocka_unit_test(test_masks),
		cmocka_unit_test(test_lost_thread),
		cmocka_unit_test(test_hangs),
		cmocka_unit_test(test_escape),
		cmocka_unit_test(test_control_signal),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_broken_says_how),
		cmocka_unit_test(test_first_row_decides),
		cmocka_unit_test(test_alternatives),
		cmocka_unit_test(test_kernel_reports),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
