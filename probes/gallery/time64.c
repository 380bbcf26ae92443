/* SPDX-License-Identifier: MIT */
/* gallery/time64.c: 32-bit programs ask for the time by a newer call. */
#include "probe.h"

#include <time.h>

static int run(void)
{
	struct timespec t;

	return clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) ? errno : 0;
}

PROBE = {
	.about = "a 32-bit program asks for CPU time without clock_gettime64",
	.run = run,
	.under = "no-clock_gettime64",
	.flavours = "i386",
	.symptom = "sshd on 32-bit machines refuses every connection",
	.diagnosis = "the filter killed it at clock_gettime64: a clock that "
		     "the vDSO does not serve",
	.expect = {
		{ DIES("clock_gettime64"), .libc = GLIBC(2, 31), .why = "asked "
			"first, also where 32 bits would do" },
		{ WORKS },
	},
	.seen = { "https://github.com/openssh/openssh-portable/pull/161",
		"https://github.com/lldpd/lldpd/issues/710" },
};
