/* SPDX-License-Identifier: MIT */
/* gallery/pselect64.c: a long time-out is another call on 32 bits. */
#define _TIME_BITS	  64
#define _FILE_OFFSET_BITS 64
#include "probe.h"

#include <sys/select.h>
#include <unistd.h>

static int fd[2];

static int setup(void)
{
	return pipe(fd) || write(fd[1], "x", 1) != 1 ? errno : 0;
}

static int run(void)
{
	struct timeval century = { .tv_sec = 3153600000 };
	fd_set set;

	FD_ZERO(&set);
	FD_SET(fd[0], &set);
	return select(fd[0] + 1, &set, NULL, NULL, &century) < 0 ? errno : 0;
}

PROBE = {
	.about = "a 32-bit program selects for a century at most without "
		 "pselect6_time64",
	.setup = setup,
	.run = run,
	.under = "no-pselect6_time64 no-pselect6_time64-enosys",
	.flavours = "i386",
	.symptom = "sandbox violation in sshd on armhf and i386 alone",
	.diagnosis = "the filter killed it at pselect6_time64: to wait for "
		     "descriptors",
	.expect = {
		{ FAILS(EOVERFLOW), .under = "*-enosys",
			.why = "the older call cannot say that long" },
		{ DIES("pselect6_time64"), .libc = GLIBC(2, 34) },
	},
	.seen = { "https://bugzilla.mindrot.org/show_bug.cgi?id=3232",
		"https://bugzilla.mindrot.org/show_bug.cgi?id=3396" },
};
