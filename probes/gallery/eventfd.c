/* SPDX-License-Identifier: MIT */
/* gallery/eventfd.c: an event loop begins with a descriptor of its own. */
#include "probe.h"

#include <sys/eventfd.h>

static int run(void)
{
	return eventfd(0, EFD_CLOEXEC) < 0 ? errno : 0;
}

PROBE = {
	.about = "eventfd without eventfd2",
	.run = run,
	.under = "no-eventfd2 no-eventfd2-eperm",
	.symptom = "a sanitizer build aborts in its own runtime: the error "
		   "that the filter gives comes where none can",
	.diagnosis = "the filter killed it at eventfd2: to wait for "
		     "descriptors",
	.expect = {
		{ FAILS(EPERM), .under = "*-eperm" },
		{ DIES("eventfd2") },
	},
	.seen = { "https://github.com/systemd/systemd/pull/17708" },
};
