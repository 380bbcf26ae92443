/* SPDX-License-Identifier: MIT */
/* question_futex.c: what futex gives away, and what it does not. */
#include "suite/questions.h"

static const struct claim way_out[] = {
	{ FOR,
		"of the call numbers below 1,024 all but the four and the two "
		"below are refused, and so are the other ways into the kernel",
		{ { "escape/numbers@four-enosys/raw", OUT_WORKS },
			{ "escape/int80@four/raw", OUT_DIES, "getpid" },
			{ "escape/to32@four/raw", OUT_DIES, "getpid" },
			{ "escape/x32@four/raw", OUT_DIES, "x32:getpid" },
			{ "escape/high-bits@four/raw", OUT_DIES, "getpid" } } },
	{ FOR, "futex does not bring its younger relatives",
		{ { "futex/futex2-waitv@four/raw", OUT_DIES, "futex_waitv" },
			{ "futex/futex2-requeue@four/raw", OUT_DIES,
				"futex_requeue" },
			{ "futex/time64@four/i386", OUT_DIES,
				"futex_time64" } } },
	{ AGAINST,
		"the calls 335 and 336, uretprobe and uprobe, pass every "
		"filter "
		"where the kernel has them, and do nothing here",
		{ { "escape/uretprobe@four/raw" },
			{ "escape/uprobe@four/raw" } } },
	{ 0 },
};

static const struct claim before[] = {
	{ FOR,
		"a thread without it, a ring, a descriptor, a process that "
		"shares memory",
		{ { "escape/thread-unfiltered@four/raw", OUT_ESCAPES },
			{ "escape/io-uring@four/raw", OUT_ESCAPES },
			{ "escape/mem-other@four/raw", OUT_ESCAPES },
			{ "escape/file-inherited@four/raw", OUT_ESCAPES },
			{ "escape/process-shared@four/raw", OUT_ESCAPES } } },
	{ AGAINST,
		"a descriptor gives what it was opened for and no more: a file "
		"is not written, a directory not opened in",
		{ { "escape/file-readonly@four/raw", OUT_WORKS },
			{ "escape/dir-inherited@four/raw", OUT_DIES,
				"openat" } } },
	{ 0 },
};

static const struct claim others[] = {
	{ FOR, "no private wake, and no wake of a copy, reaches it",
		{ { "futex/process-private@four/raw", OUT_WORKS } } },
	{ 0 },
};

static const struct claim strangers[] = {
	{ FOR,
		"a PI lock whose word names a thread tells whether there is "
		"one",
		{ { "futex/tid-exists@four/raw", OUT_WORKS } } },
	{ FOR, "one that is waited for comes back when its thread exits",
		{ { "futex/tid-watch@four/raw", OUT_WORKS } } },
	{ AGAINST,
		"with WAIT and WAKE alone, which know no PI lock, neither is "
		"left",
		{ { "futex/tid-exists@futex-wait-wake/raw", OUT_DIES, "futex" },
			{ "futex/tid-watch@futex-wait-wake/raw", OUT_DIES,
				"futex" } } },
	{ 0 },
};

static const struct claim sharers[] = {
	{ FOR, "he can be woken",
		{ { "futex/process-shared@four/raw", OUT_WORKS } } },
	{ FOR,
		"he can be moved, asleep, to private memory, where no wake of "
		"his finds him: his sleep is hidden",
		{ { "futex/requeue-captures@four/raw", OUT_WORKS } } },
	{ FOR, "his wake can be taken, by sleeping before him",
		{ { "futex/wake-stolen@four/raw", OUT_WORKS } } },
	{ AGAINST, "with private operations alone all three end",
		{ { "futex/process-shared@futex-private/raw", OUT_DIES,
			  "futex" },
			{ "futex/requeue-captures@futex-private/raw", OUT_DIES,
				"futex" },
			{ "futex/wake-stolen@futex-private/raw", OUT_DIES,
				"futex" } } },
	{ AGAINST,
		"with WAIT and WAKE alone the moving ends, but not the "
		"stealing",
		{ { "futex/requeue-captures@futex-wait-wake/raw", OUT_DIES,
			  "futex" },
			{ "futex/wake-stolen@futex-wait-wake/raw",
				OUT_WORKS } } },
	{ 0 },
};

static const struct claim own_memory[] = {
	{ FOR,
		"FUTEX_WAIT tells whether memory is mapped, and whether a word "
		"is what was guessed, with no fault and no signal",
		{ { "futex/peek@four/raw", OUT_WORKS } } },
	{ FOR, "no narrowing by operation closes that",
		{ { "futex/peek@futex-wait-wake/raw", OUT_WORKS },
			{ "futex/peek@futex-private/raw", OUT_WORKS } } },
	{ FOR,
		"FUTEX_WAIT without the private flag parts a private mapping "
		"of a file from the file, though nobody stored",
		{ { "futex/file-cow@four/raw", OUT_WORKS } } },
	{ AGAINST,
		"without futex, write to a pipe tells what can be read as well",
		{ { "io/address@strict/raw", OUT_WORKS } } },
	{ 0 },
};

static const struct claim kernel_code[] = {
	{ FOR, "the fixes of the old bugs hold here",
		{ { "futex/cve-2014-3153@four/raw", OUT_WORKS },
			{ "futex/cve-2014-3153-relock@four/raw", OUT_WORKS },
			{ "futex/cve-2021-3347@four/raw", OUT_WORKS },
			{ "futex/cve-2018-6927@four/raw", OUT_WORKS },
			{ "futex/cve-2014-0205@four/raw", OUT_WORKS },
			{ "futex/cve-2012-6647@four/raw", OUT_WORKS },
			{ "futex/cve-2010-0622@four/raw", OUT_WORKS } } },
	{ FOR, "with WAIT and WAKE alone, PI and requeue are out of reach",
		{ { "futex/lock-pi@futex-wait-wake/raw", OUT_DIES, "futex" },
			{ "futex/cve-2014-3153@futex-wait-wake/raw", OUT_DIES,
				"futex" },
			{ "futex/requeue@futex-wait-wake/raw", OUT_DIES,
				"futex" } } },
	{ FOR,
		"the kernel does not see bits above 32 in the operation, and "
		"neither does this filter, which masks",
		{ { "futex/wait-high-bits@futex-wait-wake/raw", OUT_WORKS } } },
	{ AGAINST,
		"with private operations alone PI and requeue are still open, "
		"in their private form",
		{ { "futex/narrow-private@futex-private-eperm/raw", OUT_WORKS },
			{ "futex/lock-pi@futex-private/raw", OUT_WORKS },
			{ "futex/cve-2014-3153@futex-private/raw",
				OUT_WORKS } } },
	{ 0 },
};

static const struct claim narrow_price[] = {
	{ FOR,
		"WAIT and WAKE alone: glibc's semaphores, conditions, rwlocks, "
		"pthread_join and PI mutexes die",
		{ { "libc/sem-sleep@futex-wait-wake/glibc", OUT_DIES, "futex" },
			{ "futex/narrow-sem@futex-wait-wake/glibc", OUT_DIES,
				"futex" },
			{ "futex/narrow-cond@futex-wait-wake/glibc", OUT_DIES,
				"futex" },
			{ "futex/narrow-rwlock@futex-wait-wake/glibc", OUT_DIES,
				"futex" },
			{ "futex/narrow-join@futex-wait-wake/glibc", OUT_DIES,
				"futex" },
			{ "futex/narrow-mutex-pi@futex-wait-wake/glibc",
				OUT_DIES, "futex" } } },
	{ FOR,
		"private operations alone: glibc's pthread_join, robust and "
		"process-shared mutexes die",
		{ { "futex/narrow-join@futex-private/glibc", OUT_DIES,
			  "futex" },
			{ "futex/narrow-mutex-robust@futex-private/glibc",
				OUT_DIES, "futex" },
			{ "futex/narrow-mutex-shared@futex-private/glibc",
				OUT_DIES, "futex" } } },
	{ FOR,
		"musl loses PI mutexes and the broadcast of a condition to "
		"WAIT "
		"and WAKE alone, process-shared mutexes to private ones",
		{ { "futex/narrow-mutex-pi@futex-wait-wake/musl", OUT_DIES,
			  "futex" },
			{ "futex/narrow-broadcast@futex-wait-wake/musl",
				OUT_DIES, "futex" },
			{ "futex/narrow-mutex-shared@futex-private/musl",
				OUT_DIES, "futex" } } },
	{ AGAINST,
		"plain mutexes and once live under either; so do musl's "
		"semaphores and conditions of one waiter",
		{ { "futex/narrow-mutex@futex-wait-wake/glibc", OUT_WORKS },
			{ "futex/narrow-mutex@futex-private/glibc", OUT_WORKS },
			{ "futex/narrow-once@futex-wait-wake/glibc",
				OUT_WORKS },
			{ "futex/narrow-once@futex-private/glibc", OUT_WORKS },
			{ "futex/narrow-sem@futex-wait-wake/musl", OUT_WORKS },
			{ "futex/narrow-sem@futex-private/musl", OUT_WORKS },
			{ "futex/narrow-cond@futex-wait-wake/musl", OUT_WORKS },
			{ "futex/narrow-cond@futex-private/musl",
				OUT_WORKS } } },
	{ 0 },
};

static const struct claim for_ever[] = {
	{ FOR, "a wait that nobody ends needs no more than futex",
		{ { "futex/sleep-alone@four/raw", OUT_HANGS } } },
	{ 0 },
};

static const struct answer answers[] = {
	{ "As a way out, no: no other call does anything.", way_out },
	{ "What acts outside came in before the filter.", before },
	{ "A process that shares no memory with it is not woken by it.",
		others },
	{ "But the four list the threads of the PID namespace, and wait for a "
	  "stranger's death.",
		strangers },
	{ "Who shares a word trusts everybody who has it: he is woken, his "
	  "sleep is hidden, his wakes are taken.",
		sharers },
	{ "In its own memory it reads without a fault, and parts a mapping "
	  "from "
	  "its file.",
		own_memory },
	{ "What is left is the kernel's code behind it, of which narrowing by "
	  "operation closes PI and requeue.",
		kernel_code },
	{ "Narrowing is paid for by the libc's locks.", narrow_price },
	{ "And it waits for ever, which only a bound from outside ends.",
		for_ever },
	{ 0 },
};

const struct question question_futex = {
	"Is the futex allowance a dangerous gap?", answers
};
