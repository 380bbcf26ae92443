/* SPDX-License-Identifier: MIT */
/* gallery/localtime.c: a time in the log is a file that is opened. */
#include "probe.h"

#include <time.h>

static int run(void)
{
	time_t day = 86400;
	struct tm tm;

	return localtime_r(&day, &tm) ? 0 : errno;
}

PROBE = {
	.about = "the first localtime_r without openat and open",
	.run = run,
	.under = "no-openat no-open",
	.symptom = "the guest reads its clock, and the virtual machine monitor "
		   "is killed",
	.diagnosis = "the filter killed it at openat: the time zone file",
	.expect = {
		{ DIES("open"), .under = "no-open", .flavour = "musl" },
		{ WORKS, .under = "no-open" },
		{ WORKS, .flavour = "musl" },
		{ DIES("openat") },
	},
	.seen = { "https://github.com/cloud-hypervisor/cloud-hypervisor/issues/"
		  "1717",
		"https://github.com/cloud-hypervisor/cloud-hypervisor/issues/"
		"2111" },
};
