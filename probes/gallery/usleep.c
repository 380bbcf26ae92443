/* SPDX-License-Identifier: MIT */
/* gallery/usleep.c: a sleep that became another call. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	return usleep(1000) ? errno : 0;
}

PROBE = {
	.about = "usleep(1000) where clock_nanosleep is missing",
	.run = run,
	.under = "no-clock_nanosleep no-nanosleep",
	.symptom = "no login: sshd's child before authentication dies of "
		   "signal 31 after an upgrade of libc",
	.diagnosis = "the filter killed it at clock_nanosleep: to wait, or a "
		     "timer",
	.expect = {
		{ DIES("nanosleep"), .under = "no-nanosleep", .flavour = "musl" },
		{ WORKS, .under = "no-nanosleep" },
		{ WORKS, .flavour = "musl" },
		{ DIES("clock_nanosleep"), .libc = GLIBC(2, 31),
			.why = "glibc 2.31 made nanosleep of clock_nanosleep" },
		{ DIES("nanosleep") },
	},
	.seen = { "https://bugzilla.mindrot.org/show_bug.cgi?id=3093",
		"https://github.com/electron/electron/issues/22291" },
};
