/* SPDX-License-Identifier: MIT */
/*
 * gvisor_rows.c: the cells that end otherwise on gVisor (20240729, Debian
 * trixie), each with the function of its source, below pkg/sentry, that makes
 * it so.
 */
#include "suite/gvisor_rows.h"

#define WRONG FAILS(EBADE)
#define ALL   "none four"

#define NO_OWNER                                                               \
	"the owner is a number that nobody looks up: one who is gone, or "     \
	"never was, is waited for (kernel/futex, lockPILocked)"
#define NOT_HANDED                                                             \
	"a thread that ends hands no PI lock over: who waits, waits on "       \
	"(kernel/task_exit.go, runExitMain; kernel/futex, lockPILocked)"
#define WOKEN_ALONE                                                            \
	"a requeue tells how many it woke, and not how many it moved "         \
	"(kernel/futex, doRequeue)"
#define NO_SIGN                                                                \
	"the two numbers of a WAKE_OP, and the word, have no sign "            \
	"(kernel/futex, atomicOp)"
#define UNTOUCHED                                                              \
	"where no value is compared, the word is not touched: what is "        \
	"mapped, or a private word anywhere, has a key (kernel/futex, "        \
	"getKey; "                                                             \
	"mm/syscalls.go, GetSharedFutexKey)"
#define NO_RIGHTS                                                              \
	"a page that may not be read is EPERM, not EFAULT, where its key is "  \
	"asked for (mm/vma.go, getVMAsLocked)"
#define NO_CLOCK                                                               \
	"FUTEX_CLOCK_REALTIME is taken off any operation "                     \
	"(syscalls/linux/sys_futex.go, Futex)"
#define OWED                                                                   \
	"a pending word without the thread's number wakes nobody: the wake "   \
	"that a dead one owed is lost (kernel/task_futex.go, "                 \
	"wakeRobustListOne)"
#define LOG_KILLS                                                              \
	"SECCOMP_RET_LOG is not known, and kills "                             \
	"(kernel/seccomp.go, checkSeccompSyscall)"
#define BEFORE_TRACER                                                          \
	"the filter is asked before the tracer, and not again: as in Linux "   \
	"before 4.8 (kernel/task_syscall.go, doSyscall)"

const struct gvisor_row gvisor_rows[] = {
	/* PI locks */
	{ "futex/cve-2014-0205", 0, { HANGS, .under = ALL, .why = NO_OWNER } },
	{ "futex/cve-2021-3347", 0,
		{ HANGS, .under = ALL, .why = NOT_HANDED } },
	{ "futex/lock-pi-cycle", 0,
		{ HANGS, .under = ALL,
			.why = "a lock of one's own is EDEADLK, a circle of "
			       "two is not found (kernel/futex, "
			       "lockPILocked)" } },
	{ "futex/lock-pi-dead", 0, { HANGS, .under = ALL, .why = NO_OWNER } },
	{ "futex/lock-pi-exit-race", 0,
		{ HANGS, .under = ALL, .why = NOT_HANDED } },
	{ "futex/lock-pi-exit-thousand", 0,
		{ HANGS, .under = ALL, .why = NOT_HANDED } },
	{ "futex/lock-pi-handed", 0,
		{ HANGS, .under = ALL, .why = NOT_HANDED } },
	{ "futex/pi-words", 0, { HANGS, .under = ALL, .why = NO_OWNER } },
	{ "futex/shared-pi", 0, { HANGS, .under = ALL, .why = NOT_HANDED } },
	{ "futex/tid-watch", 0, { HANGS, .under = ALL, .why = NOT_HANDED } },
	{ "futex/tid-exists", 36,
		{ WRONG, .under = ALL " futex-private", .why = NO_OWNER } },
	{ "futex/cve-2014-3153-relock", 27,
		{ WRONG, .under = ALL,
			.why = "a word of 0 is free, whoever waits there "
			       "(kernel/futex, lockPILocked)" } },

	/* requeue */
	{ "futex/cmp-requeue", 25,
		{ WRONG, .under = ALL " futex-private", .why = WOKEN_ALONE } },
	{ "futex/cmp-requeue-same", 16,
		{ WRONG, .under = ALL, .why = WOKEN_ALONE } },
	{ "futex/collisions", 30, { WRONG, .under = ALL, .why = WOKEN_ALONE } },
	{ "futex/requeue", 19,
		{ WRONG, .under = ALL " futex-private", .why = WOKEN_ALONE } },
	{ "futex/requeue-captures", 28,
		{ WRONG, .under = ALL, .why = WOKEN_ALONE } },
	{ "futex/requeue-count", 32,
		{ WRONG, .under = ALL, .why = WOKEN_ALONE } },
	{ "futex/requeue-many", 63,
		{ WRONG, .under = ALL, .why = WOKEN_ALONE } },
	{ "futex/requeue-ways", 50,
		{ WRONG, .under = ALL, .why = WOKEN_ALONE } },
	{ "futex/shared-plain", 34,
		{ WRONG, .under = ALL, .why = WOKEN_ALONE } },
	{ "futex/cve-2018-6927", 14,
		{ WRONG, .under = ALL " futex-private",
			.why = "counts below 0 are none (kernel/futex, "
			       "doRequeue)" } },

	/* wake */
	{ "futex/beside", 85, { WRONG, .under = ALL, .why = NO_SIGN } },
	{ "futex/wake-op-arithmetic", 28,
		{ WRONG, .under = ALL " futex-private", .why = NO_SIGN } },
	{ "futex/wake-op-compare", 38,
		{ WRONG, .under = ALL " futex-private", .why = NO_SIGN } },
	{ "futex/wake-op-shift", 16,
		{ WRONG, .under = ALL,
			.why = "a shift is not cut to five bits: by more than "
			       "31 it gives 0 (kernel/futex, atomicOp)" } },
	{ "futex/wake-counts", 77,
		{ WRONG, .under = ALL,
			.why = "of a WAKE_OP the second count, below 1, wakes "
			       "none (syscalls/linux/sys_futex.go, Futex; "
			       "kernel/futex, wakeLocked)" } },
	{ "futex/wake-op-count", 29,
		{ WRONG, .under = ALL,
			.why = "the second count, below 1, wakes none "
			       "(syscalls/linux/sys_futex.go, Futex; "
			       "kernel/futex, wakeLocked)" } },

	/* addresses, times, flags */
	{ "futex/address-kernel", 38,
		{ WRONG, .under = ALL, .why = UNTOUCHED } },
	{ "futex/address-unaligned", 34,
		{ WRONG, .under = ALL,
			.why = "UNLOCK_PI looks at the address before the "
			       "word: EINVAL (kernel/futex, UnlockPI)" } },
	{ "futex/file-beyond", 27, { WRONG, .under = ALL, .why = UNTOUCHED } },
	{ "futex/page-none", 19, { WRONG, .under = ALL, .why = NO_RIGHTS } },
	{ "futex/page-readonly", 28,
		{ WRONG, .under = ALL,
			.why = "read-only anonymous pages have a shared key: "
			       "their address (mm/syscalls.go, "
			       "GetSharedFutexKey)" } },
	{ "futex/requeue-fault", 30,
		{ WRONG, .under = ALL, .why = NO_RIGHTS } },
	{ "futex/file-cow", 38,
		{ WRONG, .under = ALL,
			.why = "the key of a private mapping is its address, "
			       "also where the page is still the file's "
			       "(mm/syscalls.go, GetSharedFutexKey)" } },
	{ "futex/realtime-others", 15,
		{ WRONG, .under = ALL, .why = NO_CLOCK } },
	{ "futex/wait-realtime", 10,
		{ WRONG, .under = ALL " futex-private futex-wait-wake",
			.why = NO_CLOCK } },
	{ "futex/timeout-bad", 31,
		{ WRONG, .under = ALL,
			.why = "times are not looked at, any will do "
			       "(syscalls/linux/timespec.go, "
			       "copyTimespecIn)" } },

	/* robust lists */
	{ "futex/robust-pending-died", 0,
		{ HANGS, .under = ALL, .why = OWED } },
	{ "futex/robust-pending-free", 0,
		{ HANGS, .under = ALL, .why = OWED } },
	{ "futex/robust-pi-taken", 0,
		{ HANGS, .under = ALL,
			.why = "the dead owner's number is taken out of the "
			       "word first, and then the unlock is refused "
			       "(kernel/task_futex.go, wakeRobustListOne; "
			       "kernel/futex, unlockPILocked)" } },
	{ "futex/robust-get", 76,
		{ WRONG, .under = "none",
			.why = "get_robust_list answers otherwise "
			       "(syscalls/linux/sys_futex.go, "
			       "GetRobustList)" } },
	{ "futex/robust-words", 0,
		{ WRONG, .under = ALL,
			.why = "behind a PI lock the list is lost: its bit 0 "
			       "is not taken off the address that is read "
			       "(kernel/task_futex.go, exitRobustList)" } },
	{ "futex/robust-*", 0,
		{ WRONG, .under = ALL, .or = true,
			.why = "who joins a thread may come before its words "
			       "are marked: its clear_child_tid comes first "
			       "(kernel/task_exit.go, runExitMain)" } },

	/* filters */
	{ "exit/all-lost", 0,
		{ DIES("getppid"), .under = "four-process-tsync",
			.why = "the first kill takes a thread alone "
			       "(kernel/seccomp.go, checkSeccompSyscall)" } },
	{ "escape/create", 0,
		{ DIES("open"), .under = "four-log", .why = LOG_KILLS } },
	{ "escape/fork", 0,
		{ DIES("fork"), .under = "four-log", .why = LOG_KILLS } },
	{ "escape/high-bits", 27,
		{ WRONG, .under = "four*",
			.why = "the filter sees 32 bits of the number, the "
			       "table all of them, and knows no such call "
			       "(kernel/task_syscall.go, doSyscall)" } },
	{ "escape/trace-entry", 0,
		{ ESCAPES("file proof"), .under = "four*",
			.why = BEFORE_TRACER } },
	{ "escape/trace-recheck", 0,
		{ ESCAPES("file proof"), .under = "four-trace",
			.why = BEFORE_TRACER } },
	{ "escape/vsyscall", 0,
		{ HANGS, .under = "four-eperm four-enosys",
			.why = "the refused call does not return: its page is "
			       "entered again, for ever "
			       "(kernel/task_syscall.go, doVsyscall)" } },
	{ "seccomp/actions", 48, { WRONG, .under = "none", .why = LOG_KILLS } },
	{ "seccomp/load-errors", 122,
		{ WRONG, .under = "none",
			.why = "who loads a filter needs neither no_new_privs "
			       "nor a privilege (syscalls/linux/"
			       "sys_seccomp.go, seccomp)" } },
	{ "seccomp/pairs", 113,
		{ WRONG, .under = "none",
			.why = "KILL_PROCESS kills a thread "
			       "(kernel/seccomp.go, checkSeccompSyscall)" } },
	{ "seccomp/sysemu", 38,
		{ WRONG, .under = "none", .why = BEFORE_TRACER } },
	{ "seccomp/tsync", 97,
		{ WRONG, .under = "none",
			.why = "no_new_privs is said to be set, always "
			       "(syscalls/linux/sys_prctl.go, Prctl)" } },

	/* stops */
	{ "signal/stop-futex*", 0,
		{ HANGS, .or = true,
			.why = "a SIGCONT that comes while the tracer is told "
			       "of the SIGSTOP does not undo that: it stops "
			       "afterwards (kernel/task_signals.go, "
			       "endGroupStopLocked)" } },

	/* read and write */
	{ "io/length", 21,
		{ WRONG, .under = ALL,
			.why = "a length below 0 is EINVAL, before the address "
			       "is looked at (syscalls/linux/"
			       "sys_read_write.go, Write)" } },
	{ "io/socket-broken", 0,
		{ FAILS(EPIPE), .under = "four",
			.why = "a write to a socket sends no SIGPIPE "
			       "(syscalls/linux/error.go, "
			       "handleIOErrorImpl)" } },
	{ NULL },
};
