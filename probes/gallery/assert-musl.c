/* SPDX-License-Identifier: MIT */
/* gallery/assert-musl.c: what an assertion says, one libc writes by vectors. */
#include "probe.h"

#undef NDEBUG
#include <assert.h>

static int run(void)
{
	assert(probe.dies_of == 0);
	return 0;
}

PROBE = {
	.about = "a failed assertion without writev",
	.run = run,
	.under = "no-writev",
	.flavours = "musl glibc glibc-static i386",
	.dies_of = SIGABRT,
	.symptom = "the failed assertion is in no log; a refused call is",
	.diagnosis = "the filter's kill at writev hides a crash: without it "
		     "SIGABRT had ended it, by __assert_fail",
	.expect = {
		{ MASKS(SIGABRT, "writev"), .flavour = "musl" },
		{ MASKS(SIGABRT, "writev"), .libc = GLIBC(2, 43),
			.why = "assert has left stdio, too" },
		{ CRASHES(SIGABRT), .why = "assert writes through stdio; what ends a "
			"corrupt heap does not: see gallery/writev" },
	},
	.seen = { "https://github.com/cloud-hypervisor/cloud-hypervisor/issues/"
		  "8806", "musl 1.2.3 src/exit/assert.c",
		"glibc 2.43 assert/assert.c, sysdeps/posix/libc_fatal.c" },
};
