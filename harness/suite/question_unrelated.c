/* SPDX-License-Identifier: MIT */
/* question_unrelated.c: deaths whose call is not what the program did. */
#include "suite/questions.h"

static const struct claim way_to_end[] = {
	{ FOR,
		"an abort, a failed assert or a smashed stack is told as a "
		"kill "
		"of the call it dies in",
		{ { "exit/abort@four/glibc", OUT_MASKS },
			{ "exit/assert@four/glibc", OUT_MASKS },
			{ "exit/stack-smash@four/glibc", OUT_MASKS } } },
	{ FOR, "unread input makes exit seek",
		{ { "io/exit-seek@four/glibc", OUT_DIES, "lseek" } } },
	{ AGAINST, "with abort's calls allowed the crash is told as what it is",
		{ { "exit/abort@four+abort/glibc", OUT_CRASHES } } },
	{ 0 },
};

static const struct claim dead_owners[] = {
	{ FOR,
		"a thread killed inside malloc leaves the others waiting for "
		"its "
		"arena",
		{ { "malloc/killed-holder@four-tsync/glibc", OUT_HANGS,
			"brk" } } },
	{ FOR,
		"so does one killed with a mutex, also with a PI mutex that "
		"nobody waited for yet: the kernel's ESRCH is a wait for ever "
		"in both libcs",
		{ { "thread/killed-mutex@four-tsync/glibc", OUT_HANGS,
			  "getpid" },
			{ "thread/killed-pi@four-tsync/glibc", OUT_HANGS,
				"getpid" },
			{ "thread/killed-pi@four-tsync/musl", OUT_HANGS,
				"getpid" } } },
	{ AGAINST,
		"a robust mutex is handed on in glibc; musl's private one is "
		"not",
		{ { "thread/killed-robust@four-tsync/glibc", OUT_LOSES,
			  "getpid" },
			{ "thread/killed-robust@four-tsync/musl", OUT_HANGS,
				"getpid" } } },
	{ AGAINST, "killed as a process, nobody is left to wait",
		{ { "malloc/killed-holder@four-process-tsync/glibc", OUT_DIES,
			"brk" } } },
	{ 0 },
};

static const struct claim waits[] = {
	{ FOR,
		"a timed wait that is stopped and continued dies at "
		"restart_syscall",
		{ { "signal/stop-futex-timed@four/raw", OUT_DIES,
			"restart_syscall" } } },
	{ FOR,
		"clock_gettime is free in the vDSO, but in strict mode it is a "
		"crash",
		{ { "libc/clock_gettime@four/glibc", OUT_WORKS },
			{ "libc/clock_gettime@strict/glibc", OUT_CRASHES } } },
	{ AGAINST, "a wait without a time-out lives, or with the call allowed",
		{ { "signal/stop-futex@four/raw", OUT_WORKS },
			{ "signal/stop-futex-timed@four+restart_syscall/raw",
				OUT_WORKS } } },
	{ 0 },
};

static const struct claim unlooked[] = {
	{ FOR, "brk's errno is taken for a break, and written behind",
		{ { "malloc/grow-brk@four-enosys/glibc", OUT_CRASHES } } },
	{ FOR,
		"getpid is the process -38, an alarm is never set, a sleep is "
		"over at once",
		{ { "libc/getpid@four-enosys/glibc", OUT_FAILS },
			{ "libc/alarm@four-enosys/glibc", OUT_FAILS },
			{ "libc/nanosleep@four-enosys/glibc", OUT_FAILS } } },
	{ AGAINST, "a first malloc fails in peace",
		{ { "malloc/first-enosys@four-enosys/glibc", OUT_FAILS },
			{ "malloc/first-enosys@four-eperm/musl",
				OUT_FAILS } } },
	{ 0 },
};

static const struct claim inside[] = {
	{ FOR,
		"gmtime reads the time zone, a name for a file may want "
		"getrandom, in glibc",
		{ { "libc/gmtime@four/glibc", OUT_DIES },
			{ "io/mkstemp@four/glibc", OUT_DIES } } },
	{ FOR,
		"where getrandom is in the vDSO (glibc 2.41, Linux 6.11), it "
		"blocks signals first",
		{ { "libc/getrandom@four/glibc" } } },
	{ FOR,
		"translations want a heap since glibc 2.41, fork blocks "
		"signals "
		"there and in musl",
		{ { "libc/gettext@four/glibc" }, { "libc/fork@four/glibc" },
			{ "libc/fork@four/musl", OUT_DIES,
				"rt_sigprocmask" } } },
	{ FOR,
		"a first malloc wants brk, and in glibc 2.36 to 2.41 random "
		"numbers before",
		{ { "malloc/first@four/glibc", OUT_DIES },
			{ "malloc/first@four/musl", OUT_DIES, "brk" } } },
	{ AGAINST, "printf of a date wants nothing",
		{ { "libc/strftime@four/glibc", OUT_WORKS } } },
	{ AGAINST,
		"a heap that is warm stays within the four: by mallopt and a "
		"large block before arming, or in a static glibc at main",
		{ { "malloc/trim-off@four/glibc", OUT_WORKS },
			{ "malloc/first@four/glibc-static", OUT_WORKS } } },
	{ 0 },
};

static const struct answer answers[] = {
	{ "Those of the way out: abort and its like, and what exit does for "
	  "files.",
		way_to_end },
	{ "Those of locks that a killed thread held.", dead_owners },
	{ "Those of waits that the kernel continues, and of clocks.", waits },
	{ "Those of errnos that nobody looks for.", unlooked },
	{ "Those of heaps, files and signals inside functions that do not look "
	  "it.",
		inside },
	{ 0 },
};

const struct question question_unrelated = {
	"Which crashes and hangs come from a call that seems unrelated?",
	answers
};
