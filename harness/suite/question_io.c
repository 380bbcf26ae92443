/* SPDX-License-Identifier: MIT */
/* question_io.c: what is behind read and write. */
#include "suite/questions.h"

static const struct claim alone[] = {
	{ FOR, "pipes, sockets, files and terminals",
		{ { "io/pipe@strict/raw", OUT_WORKS },
			{ "io/socket@four/raw", OUT_WORKS },
			{ "io/terminal@four/raw", OUT_WORKS },
			{ "io/file-append@four/raw", OUT_WORKS } } },
	{ FOR, "a signalfd needs no handler and no further call",
		{ { "io/signalfd@four/raw", OUT_WORKS } } },
	{ AGAINST,
		"a broken pipe is SIGPIPE unless it is ignored before arming",
		{ { "io/pipe-broken@four/raw", OUT_CRASHES },
			{ "io/pipe-broken-ignored@four/raw", OUT_WORKS } } },
	{ 0 },
};

static const struct claim stdio[] = {
	{ FOR, "the first printf asks what the file is, then for a buffer",
		{ { "io/printf@four/glibc", OUT_DIES },
			{ "io/printf@four+stdio/glibc", OUT_DIES },
			{ "io/printf@four/musl", OUT_DIES, "ioctl" },
			{ "io/printf@four+stdio+heap/glibc", OUT_WORKS } } },
	{ FOR, "the first fgets does in glibc; musl reads a block by readv",
		{ { "io/fgets@four/glibc", OUT_DIES },
			{ "io/fread@four/musl", OUT_DIES, "readv" } } },
	{ FOR,
		"perror duplicates standard error, ungetc of another character "
		"wants a heap, in glibc; so did dprintf a file's kind until "
		"2.37",
		{ { "io/perror@four/glibc", OUT_DIES, "dup" },
			{ "io/ungetc@four/glibc", OUT_DIES },
			{ "io/dprintf@four/glibc" } } },
	{ AGAINST,
		"a stream that was used, or given a buffer, needs write in "
		"glibc, writev in musl",
		{ { "io/printf-warm@four/glibc", OUT_WORKS },
			{ "io/printf-buffered@four/glibc", OUT_WORKS },
			{ "io/printf-warm@four/musl", OUT_DIES, "writev" } } },
	{ AGAINST, "musl's fgets needs read alone",
		{ { "io/fgets@four/musl", OUT_WORKS } } },
	{ AGAINST,
		"refused with an errno, glibc's printf works on byte by byte, "
		"and ungetc says EOF until 2.41",
		{ { "io/printf@four-enosys/glibc", OUT_WORKS },
			{ "io/ungetc@four-enosys/glibc" } } },
	{ 0 },
};

static const struct claim restarts[] = {
	{ FOR, "with rt_sigreturn allowed, SA_RESTART is the same write again",
		{ { "signal/write-pipe-restart@four+rt_sigreturn/glibc",
			  OUT_WORKS },
			{ "signal/write-pipe-restart@four+rt_sigreturn/musl",
				OUT_WORKS } } },
	{ AGAINST,
		"the handler's return is a call: it kills at rt_sigreturn, "
		"with "
		"and without SA_RESTART",
		{ { "signal/write-pipe@four/glibc", OUT_DIES, "rt_sigreturn" },
			{ "signal/write-pipe-restart@four/glibc", OUT_DIES,
				"rt_sigreturn" },
			{ "signal/write-pipe@four/i386", OUT_DIES,
				"sigreturn" } } },
	{ AGAINST, "refused with an errno, that return is a crash",
		{ { "signal/write-pipe@four-enosys/glibc", OUT_CRASHES } } },
	{ 0 },
};

static const struct answer answers[] = {
	{ "Nothing, as calls of their own.", alone },
	{ "The libc around them does: stdio wants to know what a file is, and "
	  "room for it.",
		stdio },
	{ "The kernel restarts an interrupted write itself, by the same call.",
		restarts },
	{ 0 },
};

const struct question question_io = {
	"What do read and write need beside themselves?", answers
};
