/* SPDX-License-Identifier: MIT */
/* questions.c: what people ask of the four-call filter, and what proves it. */
#include "suite/questions.h"

#include <stddef.h>

static const struct claim futex_claims[] = {
	{ "the fixes of the old bugs hold here",
		{ { "futex/cve-2014-3153@four/raw", OUT_WORKS, NULL },
			{ "futex/cve-2014-3153-relock@four/raw", OUT_WORKS,
				NULL },
			{ "futex/cve-2018-6927@four/raw", OUT_WORKS, NULL },
			{ "futex/cve-2012-6647@four/raw", OUT_WORKS, NULL },
			{ "futex/cve-2010-0622@four/raw", OUT_WORKS, NULL } } },
	{ "no private wake, and no wake of a copy, reaches another process",
		{ { "futex/process-private@four/raw", OUT_WORKS, NULL } } },
	{ "a word in memory that is shared does: do not share what you do not "
	  "mean to",
		{ { "futex/process-shared@four/raw", OUT_WORKS, NULL },
			{ "futex/process-shared@futex-private/raw", OUT_DIES,
				"futex" } } },
	{ "with WAIT and WAKE alone, PI and requeue are out of reach",
		{ { "futex/lock-pi@futex-wait-wake/raw", OUT_DIES, "futex" },
			{ "futex/cve-2014-3153@futex-wait-wake/raw", OUT_DIES,
				"futex" },
			{ "futex/requeue@futex-wait-wake/raw", OUT_DIES,
				"futex" } } },
	{ "... and so are glibc's semaphores and conditions, which use "
	  "WAIT_BITSET",
		{ { "libc/sem-sleep@futex-wait-wake/glibc", OUT_DIES,
			"futex" } } },
	{ "futex does not bring its younger relatives",
		{ { "futex/futex2-waitv@four/raw", OUT_DIES, "futex_waitv" },
			{ "futex/futex2-requeue@four/raw", OUT_DIES,
				"futex_requeue" },
			{ "futex/time64@four/i386", OUT_DIES,
				"futex_time64" } } },
	{ "the four calls are enough to sleep for ever",
		{ { "futex/sleep-alone@four/raw", OUT_HANGS, NULL } } },
	{ "no other number answers, on any way into the kernel",
		{ { "escape/numbers@four-enosys/raw", OUT_WORKS, NULL },
			{ "escape/int80@four/raw", OUT_DIES, "getpid" },
			{ "escape/to32@four/raw", OUT_DIES, "getpid" },
			{ "escape/x32@four/raw", OUT_DIES, "x32:getpid" } } },
	{ "what escapes came in before the filter: a thread without it, a "
	  "ring, an open /proc/PID/mem",
		{ { "escape/thread-unfiltered@four/raw", OUT_ESCAPES, NULL },
			{ "escape/io-uring@four/raw", OUT_ESCAPES, NULL },
			{ "escape/mem-other@four/raw", OUT_ESCAPES, NULL } } },
	{ 0 },
};

static const struct claim single_claims[] = {
	{ "malloc and free never do, under a filter without futex",
		{ { "malloc/single-lock@three/glibc", OUT_WORKS, NULL },
			{ "malloc/single-lock@three/musl", OUT_WORKS, NULL },
			{ "malloc/warm@three/glibc", OUT_WORKS, NULL } } },
	{ "nor do mutexes and semaphores that nobody else wants",
		{ { "thread/alone-mutex@three/glibc", OUT_WORKS, NULL },
			{ "thread/alone-sem@three/glibc", OUT_WORKS, NULL } } },
	{ "pthread_once wakes waiters that are not there, in glibc",
		{ { "thread/alone-once@three/glibc", OUT_DIES, "futex" },
			{ "thread/alone-once@three/musl", OUT_WORKS, NULL } } },
	{ "... and a program's first unwinding, by an exception, goes there",
		{ { "libc/unwind@three/glibc", OUT_DIES, "futex" },
			{ "libc/unwind@four/glibc", OUT_WORKS, NULL } } },
	{ "with threads, the arena's lock needs futex and nothing else",
		{ { "malloc/contention@four-tsync/glibc", OUT_WORKS, NULL } } },
	{ "a thread's own arena needs mmap",
		{ { "malloc/thread-first@four-process-tsync/glibc", OUT_DIES,
			NULL } } },
	{ 0 },
};

static const struct claim exit_claims[] = {
	{ "exit(7), and the return from main, are kills",
		{ { "exit/return@four/glibc", OUT_DIES, "exit_group" },
			{ "exit/return@four/musl", OUT_DIES, "exit_group" } } },
	{ "with exit_group added, the status arrives",
		{ { "exit/return@four+exit_group/glibc", OUT_WORKS, NULL } } },
	{ "with a second thread, the leader becomes a zombie and the parent "
	  "waits for ever",
		{ { "exit/group-two@four/glibc", OUT_ZOMBIE, "exit_group" },
			{ "exit/group-two@four/musl", OUT_ZOMBIE,
				"exit_group" },
			{ "exit/group-two@four/raw", OUT_ZOMBIE,
				"exit_group" } } },
	{ "with exit_group allowed all threads end; with KILL_PROCESS they die",
		{ { "exit/group-two@four+exit_group/raw", OUT_WORKS, NULL },
			{ "exit/group-two@four-process/raw", OUT_DIES,
				"exit_group" } } },
	{ "refused with an errno, the leader leaves alone all the same",
		{ { "exit/group-two@four-enosys/raw", OUT_ZOMBIE, NULL } } },
	{ "a worker that the filter kills is lost without a word",
		{ { "exit/worker-lost@four-tsync/glibc", OUT_LOSES,
			"getpid" } } },
	{ "the raw exit needs nothing more, in a program of one thread",
		{ { "exit/raw@four/glibc", OUT_WORKS, NULL },
			{ "exit/raw@strict/raw", OUT_WORKS, NULL } } },
	{ 0 },
};

static const struct claim io_claims[] = {
	{ "read and write alone, on pipes, sockets, files and terminals",
		{ { "io/pipe@strict/raw", OUT_WORKS, NULL },
			{ "io/socket@four/raw", OUT_WORKS, NULL },
			{ "io/terminal@four/raw", OUT_WORKS, NULL },
			{ "io/file-append@four/raw", OUT_WORKS, NULL } } },
	{ "the first printf asks what the file is, then for a buffer",
		{ { "io/printf@four/glibc", OUT_DIES, NULL },
			{ "io/printf@four+stdio/glibc", OUT_DIES, NULL },
			{ "io/printf@four/musl", OUT_DIES, "ioctl" },
			{ "io/printf@four+stdio+heap/glibc", OUT_WORKS,
				NULL } } },
	{ "a stream that was used, or given a buffer, needs write in glibc, "
	  "writev in musl",
		{ { "io/printf-warm@four/glibc", OUT_WORKS, NULL },
			{ "io/printf-buffered@four/glibc", OUT_WORKS, NULL },
			{ "io/printf-warm@four/musl", OUT_DIES, "writev" } } },
	{ "a handled signal kills at rt_sigreturn, with and without SA_RESTART",
		{ { "signal/write-pipe@four/glibc", OUT_DIES, "rt_sigreturn" },
			{ "signal/write-pipe-restart@four/glibc", OUT_DIES,
				"rt_sigreturn" },
			{ "signal/write-pipe@four/i386", OUT_DIES,
				"sigreturn" } } },
	{ "with rt_sigreturn the kernel restarts the write, by the same call",
		{ { "signal/write-pipe-restart@four+rt_sigreturn/glibc",
			OUT_WORKS, NULL } } },
	{ "a signalfd needs no handler and no further call",
		{ { "io/signalfd@four/raw", OUT_WORKS, NULL } } },
	{ "a broken pipe is SIGPIPE unless it is ignored before arming",
		{ { "io/pipe-broken@four/raw", OUT_CRASHES, NULL },
			{ "io/pipe-broken-ignored@four/raw", OUT_WORKS,
				NULL } } },
	{ 0 },
};

static const struct claim unrelated_claims[] = {
	{ "a failed assert or a smashed stack is reported as a kill of the "
	  "call it dies in",
		{ { "exit/abort@four/glibc", OUT_MASKS, NULL },
			{ "exit/assert@four/glibc", OUT_MASKS, NULL },
			{ "exit/stack-smash@four/glibc", OUT_MASKS, NULL } } },
	{ "a thread killed inside malloc leaves the others waiting for its "
	  "arena",
		{ { "malloc/killed-holder@four-tsync/glibc", OUT_HANGS,
			"brk" } } },
	{ "an errno instead of a kill makes brk write beyond the heap",
		{ { "malloc/grow-brk@four-enosys/glibc", OUT_CRASHES,
			NULL } } },
	{ "a timed wait that is stopped and continued dies at restart_syscall",
		{ { "signal/stop-futex-timed@four/raw", OUT_DIES,
			  "restart_syscall" },
			{ "signal/stop-futex-timed@four+restart_syscall/raw",
				OUT_WORKS, NULL } } },
	{ "gmtime wants a heap and a file, printf of a date nothing",
		{ { "libc/gmtime@four/glibc", OUT_DIES, NULL },
			{ "libc/strftime@four/glibc", OUT_WORKS, NULL } } },
	{ "getpid refused with an errno is the process -38",
		{ { "libc/getpid@four-enosys/glibc", OUT_FAILS, NULL } } },
	{ "clock_gettime is free in the vDSO; in strict mode it is a crash",
		{ { "libc/clock_gettime@four/glibc", OUT_WORKS, NULL },
			{ "libc/clock_gettime@strict/glibc", OUT_CRASHES,
				NULL } } },
	{ "unread input makes exit seek",
		{ { "io/exit-seek@four/glibc", OUT_DIES, "lseek" } } },
	{ 0 },
};

const struct question questions[] = {
	{ "Is the futex allowance a dangerous gap?",
		"Not by itself: it reaches no other process, file or number. "
		"What is left is the\n"
		"kernel's code behind it, which narrowing by operation closes, "
		"and waiting for\n"
		"ever, which only a bound from outside ends.",
		futex_claims },
	{ "Who calls futex in a program with one thread?",
		"Not malloc: a lock that no other thread can hold is skipped, "
		"or taken without a\n"
		"call. pthread_once and timed semaphores do.",
		single_claims },
	{ "What does a missing exit_group do?",
		"It turns every normal end into a kill; with KILL_THREAD and a "
		"second thread, into\n"
		"a process that does not end. Pair it with exit, always.",
		exit_claims },
	{ "What do read and write need beside themselves?",
		"Nothing: it is the libc around them that does. The kernel "
		"restarts an interrupted\n"
		"write itself, but a handler's return is rt_sigreturn.",
		io_claims },
	{ "Which crashes and hangs come from a call that seems unrelated?",
		"Those of the way out: abort, handlers, locks of the dead, "
		"clocks.",
		unrelated_claims },
};

const int nquestions = sizeof(questions) / sizeof(*questions);
