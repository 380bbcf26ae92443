/* SPDX-License-Identifier: MIT */
/* libc/nanosleep.c: refused with an errno, a sleep is over at once: a loop
 * that waits becomes one that spins. */
#include "probe.h"

#include <time.h>
#include <unistd.h>

static int run(void)
{
	/* sleep() has no errno to give: the seconds left are its answer. */
	if (probe_unfiltered())
		return nanosleep(&(struct timespec){ 0, 1 }, NULL);
	CHECK(sleep(1000) == 1000);
	return nanosleep(&(struct timespec){ 0, 1 }, NULL) ? errno : 0;
}

PROBE = {
	.about = "sleep(1000), nanosleep of 1 ns",
	.run = run,
	.under = "four four-eperm four-enosys",
	.expect = {
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("nanosleep"), .flavour = "musl" },
		{ DIES("clock_nanosleep|clock_nanosleep_time64"),
			.flavour = "i386",
			.why = "the 32-bit call where the time fits into it" },
		{ DIES("clock_nanosleep"), .libc = GLIBC(2, 31) },
		{ DIES("nanosleep") },
	},
	.seen = { "glibc 2.36 posix/nanosleep.c",
		"https://bugzilla.mindrot.org/show_bug.cgi?id=3093" },
};
