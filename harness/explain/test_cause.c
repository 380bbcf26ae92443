/* SPDX-License-Identifier: MIT */
/* test_cause.c: written passes, and the sentence on why they ended so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "explain/ends.h"
#include "explain/pass.h"
#include "explain/report.h"
#include "sys/arch.h"
#include "sys/calls.h"

#define EXITED(status) ((status) << 8)
#define KILLED(sig)    (sig)
#define REFUSED	       (SECCOMP_RET_ERRNO | EPERM)

static struct explained e;
static struct explain_place places[4];
static struct explain_hang hang;

/* Under the filter it ended with REAL, without with LET. */
static void set_up(int real, int let)
{
	memset(&e, 0, sizeof(e));
	memset(places, 0, sizeof(places));
	memset(&hang, 0, sizeof(hang));
	e.real.ended = e.let.ended = true;
	e.real.status = real;
	e.let.status = let;
}

/* A call that was refused, at US; of both passes where LET. */
static struct explain_place *refuse(const char *call, uint32_t verdict,
	uint64_t us, struct explain_seen *seen)
{
	struct explain_place *p =
		&places[seen->places.n + (seen == &e.let ? 2 : 0)];

	seen->places.list[seen->places.n++] = p;
	p->verdict = verdict;
	p->last_us = us;
	p->need = "";
	p->arch = ARCH_NATIVE;
	p->nr = calls_number(ARCH_NATIVE, call);
	snprintf(p->call, sizeof(p->call), "%s", call);
	return p;
}

static void name(struct frame *f, const char *function)
{
	snprintf(f->function, sizeof(f->function), "%s", function);
	name_show(function, f->shown, sizeof(f->shown));
}

static void assert_cause(const char *want)
{
	char text[400];

	explain_cause(&e, text, sizeof(text));
	assert_string_equal(text, want);
}

static void test_kill(void **state)
{
	struct explain_place *p;

	(void)state;
	set_up(KILLED(SIGSYS), EXITED(0));
	refuse("brk", REFUSED, 10, &e.real);
	p = refuse("getppid", SECCOMP_RET_KILL_PROCESS, 20, &e.real);
	assert_cause("the filter killed it at getppid");
	p->need = "its parent";
	assert_cause("the filter killed it at getppid: its parent");
	p->whose = EXPLAIN_OWN;
	assert_cause("a filter that it loaded itself killed it at getppid: its "
		     "parent");
	/* The last one is not the last of the list. */
	places[0].last_us = 30;
	assert_cause("the filter killed it at brk");
}

static void test_masked_crash(void **state)
{
	struct explain_place *p;

	(void)state;
	set_up(KILLED(SIGSYS), KILLED(SIGABRT));
	p = refuse("tgkill", SECCOMP_RET_KILL_PROCESS, 10, &e.real);
	p->masks = SIGABRT;
	p->nframes = 3;
	name(&p->frames[0], "raise");
	name(&p->frames[1], "abort");
	name(&p->frames[2], "main");
	assert_cause("the filter's kill at tgkill hides a crash: without it "
		     "SIGABRT had ended it, by abort");
	/* A handler of its own was killed. */
	p->masks = 0;
	e.real.crash_signal = SIGSEGV;
	e.let.status = KILLED(SIGSEGV);
	e.real.ncrash_frames = 1;
	name(&e.real.crash_frames[0], "parse");
	assert_cause("the filter's kill at tgkill hides a crash: without it "
		     "SIGSEGV had ended it, in parse");
	e.let.status = EXITED(0);
	assert_cause("the filter killed it at tgkill");
}

static void test_crash(void **state)
{
	(void)state;
	set_up(KILLED(SIGSEGV), EXITED(0));
	refuse("mmap", REFUSED, 10, &e.real)->need = "memory";
	e.real.crash_signal = SIGSEGV;
	assert_cause("SIGSEGV in code without a name, after the filter "
		     "answers EPERM to mmap: memory");
	e.real.ncrash_frames = 1;
	name(&e.real.crash_frames[0], "abort");
	assert_cause("SIGSEGV is not the crash but its remains: the filter "
		     "answers EPERM to mmap, and so SIGABRT did not end it");
	e.let.status = KILLED(SIGSEGV);
	assert_cause("SIGSEGV in abort, and with each refused call let through "
		     "as well");
}

static void test_nothing_refused(void **state)
{
	(void)state;
	set_up(EXITED(1), EXITED(1));
	assert_cause("");
	set_up(KILLED(SIGSEGV), KILLED(SIGSEGV));
	e.real.crash_signal = SIGSEGV;
	assert_cause("SIGSEGV in code without a name, of its own: the filter "
		     "had refused nothing");
}

static void test_lost(void **state)
{
	(void)state;
	set_up(EXITED(3), EXITED(3));
	e.real.nlost = 1;
	e.real.lost[0].thread = 2;
	e.real.lost[0].process = 4;
	e.real.lost[0].place =
		refuse("rseq", SECCOMP_RET_KILL_THREAD, 10, &e.real);
	assert_cause("it exited 3 though the filter had killed thread 2 at "
		     "rseq");
	e.real.lost[0].whole = true;
	assert_cause("it exited 3 though the filter had killed process 4 at "
		     "rseq");
}

static void test_failure(void **state)
{
	(void)state;
	set_up(EXITED(1), EXITED(0));
	refuse("openat", REFUSED, 10, &e.real);
	refuse("write", REFUSED, 20, &e.real);
	assert_cause("it exited 1; the filter answers EPERM first to openat");
	/* It does so without it as well; it is none. */
	e.let.status = EXITED(1);
	assert_cause("");
	set_up(EXITED(0), EXITED(1));
	refuse("openat", REFUSED, 10, &e.real);
	assert_cause("");
	/* It was ended by us: what came of it is not known. */
	set_up(EXITED(1), EXITED(0));
	refuse("openat", REFUSED, 10, &e.real);
	e.real.ended = false;
	assert_cause("");
}

/* With each call let through it was still at work when its time was over. */
static void test_goes_on_without(void **state)
{
	(void)state;
	set_up(EXITED(71), 0);
	refuse("bind", REFUSED, 10, &e.real);
	e.let.ended = false;
	e.real.us = 100;
	e.let.us = 500;
	assert_cause("");
	e.let.timed_out = true;
	assert_cause("it exited 71; the filter answers EPERM first to bind");
	/* It may have been about to do the same. */
	e.let.us = 90;
	assert_cause("");
}

static void test_other_signal(void **state)
{
	struct explain_place *p;

	(void)state;
	set_up(KILLED(SIGUSR1), EXITED(0));
	refuse("openat", REFUSED, 10, &e.real);
	p = refuse("rt_sigaction", REFUSED, 20, &e.real);
	p->ntexts = 1;
	snprintf(p->texts[0], sizeof(p->texts[0]), "%s",
		"rt_sigaction(SIGUSR2, 0x7ffe0000, NULL, 8)");
	assert_cause("SIGUSR1 ended it; the filter answers EPERM first to "
		     "openat");
	snprintf(p->texts[0], sizeof(p->texts[0]), "%s",
		"rt_sigaction(SIGUSR1, NULL, 0x7ffe0000, 8)");
	assert_cause("SIGUSR1 ended it; the filter answers EPERM to "
		     "rt_sigaction of that signal");
	e.let.status = KILLED(SIGUSR1);
	assert_cause("");
}

static void test_crashes_anyway(void **state)
{
	static const char text[] = "it exited 1; the filter answers EPERM "
				   "first to openat; but without it SIGSEGV "
				   "ends the program too, in parse";

	(void)state;
	set_up(EXITED(1), KILLED(SIGSEGV));
	refuse("openat", REFUSED, 10, &e.real);
	e.let.crash_signal = SIGSEGV;
	e.let.ncrash_frames = 1;
	name(&e.let.crash_frames[0], "parse");
	assert_cause(text);
	/* A signal that did not end it. */
	e.let.status = KILLED(SIGTERM);
	assert_cause("it exited 1; the filter answers EPERM first to openat");
}

static void test_kernel_log(void **state)
{
	struct explain_place *p, *q;

	(void)state;
	set_up(KILLED(SIGSYS), EXITED(0));
	e.untraced = true;
	e.real.nkills = 1;
	e.real.kills[0].arch = ARCH_NATIVE;
	e.real.kills[0].nr = calls_number(ARCH_NATIVE, "getppid");
	assert_cause("a filter killed it at getppid; the kernel's log says "
		     "where");
	p = refuse("getppid", SECCOMP_RET_KILL_PROCESS, 10, &e.let);
	/* It kills threads: so it was not ours. */
	assert_cause("a filter killed it at getppid; the kernel's log says "
		     "where");
	e.real.kills[0].action = SECCOMP_RET_KILL_PROCESS;
	p->need = "its parent";
	assert_cause("the filter killed it at getppid: its parent; the "
		     "kernel's log says where");
	/* Another place may need it for something else. */
	e.real.kills[0].ip = 0x1000;
	assert_cause("the filter killed it at getppid; the kernel's log says "
		     "where");
	e.real.kills[0].ip = 0;
	q = refuse("getppid", SECCOMP_RET_KILL_PROCESS, 20, &e.let);
	q->need = "its parent, elsewhere";
	assert_cause("the filter killed it at getppid; the kernel's log says "
		     "where");
	q->ip = 0x1000;
	e.real.kills[0].pid = 7;
	snprintf(e.real.kills[0].comm, sizeof(e.real.kills[0].comm), "child");
	assert_cause("the filter killed process 7 (child) at getppid; the "
		     "kernel's log says where");
	e.real.kills[0].pid = 0;
	p->arch = q->arch = ARCH_COMPAT;
	assert_cause("a filter killed it at getppid; the kernel's log says "
		     "where");
	p->arch = ARCH_NATIVE;
	e.real.status = EXITED(0);
	assert_cause("the filter killed a thread of it at getppid; the "
		     "kernel's log says where");
}

static void test_guess(void **state)
{
	(void)state;
	set_up(KILLED(SIGSYS), EXITED(0));
	e.untraced = true;
	assert_cause("");
	refuse("brk", REFUSED, 5, &e.let);
	refuse("getppid", SECCOMP_RET_KILL_PROCESS, 10, &e.let);
	assert_cause("as it was not traced, a guess: the filter kills the "
		     "process at getppid, the first such call below");
	/* Who ended by himself was not killed: the first answer will do. */
	e.real.status = EXITED(1);
	assert_cause("as it was not traced, a guess: the filter answers EPERM "
		     "at brk, the first such call below");
	e.let.status = EXITED(1);
	assert_cause("");
}

static void test_hang(void **state)
{
	struct explain_hang other;

	(void)state;
	set_up(0, 0);
	e.real.ended = false;
	e.real.hang = &hang;
	snprintf(hang.hang.reason, sizeof(hang.hang.reason), "all sleep");
	assert_cause("all sleep");
	snprintf(hang.cause, sizeof(hang.cause), "the owner died");
	assert_cause("the owner died");
	e.let.hang = &other;
	assert_cause("the owner died; but with each refused call let through "
		     "it hangs too");
	e.let.timed_out = true;
	assert_cause("the owner died");
	/* It waits for what may come: why it does is not known, but that it
	 * does not without the filter. */
	set_up(0, EXITED(0));
	e.real.ended = false;
	e.real.hang = &hang;
	hang.busy = true;
	assert_cause("");
	refuse("clone", REFUSED, 10, &e.real);
	assert_cause("the filter answers EPERM first to clone; with each "
		     "refused call let through it ends by itself");
	hang.busy = false;
	assert_cause("the filter answers EPERM first to clone; with each "
		     "refused call let through it does not hang");
	e.let.ended = false;
	e.let.timed_out = hang.busy = true;
	assert_cause("");
}

/* Who died of the filter died at the last refusal: the wait status tells. */
static void test_settle(void **state)
{
	static struct pass pass;

	(void)state;
	set_up(KILLED(SIGSYS), 0);
	pass.seen = &e.real;
	refuse("rseq", SECCOMP_RET_KILL_THREAD, 10, &e.real)->killed_thread =
		true;
	refuse("brk", SECCOMP_RET_KILL_THREAD, 20, &e.real)->killed_thread =
		true;
	e.real.nlost = 2;
	pass_settle(&pass);
	assert_true(places[0].killed_thread);
	assert_false(places[1].killed_thread);
	assert_int_equal(e.real.nlost, 1);
	/* It exited: both cost a thread. */
	places[1].killed_thread = true;
	e.real.status = EXITED(0);
	pass_settle(&pass);
	assert_true(places[1].killed_thread);
	assert_int_equal(e.real.nlost, 1);
	e.real.status = KILLED(SIGSEGV);
	pass_settle(&pass);
	assert_true(places[1].killed_thread);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kill),
		cmocka_unit_test(test_masked_crash),
		cmocka_unit_test(test_crash),
		cmocka_unit_test(test_nothing_refused),
		cmocka_unit_test(test_lost),
		cmocka_unit_test(test_failure),
		cmocka_unit_test(test_goes_on_without),
		cmocka_unit_test(test_other_signal),
		cmocka_unit_test(test_crashes_anyway),
		cmocka_unit_test(test_kernel_log),
		cmocka_unit_test(test_guess),
		cmocka_unit_test(test_hang),
		cmocka_unit_test(test_settle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
