/* SPDX-License-Identifier: MIT */
/* io/write-shadowed.c: of two rules for a call, the wider one decides. */
#include "probe.h"

static int run(void)
{
	long ret = sys(__NR_write, 2, "", 0);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "write to standard error, which one rule refuses and another "
		 "allows with all descriptors",
	.run = run,
	.under = "four-shadowed four-stderr-eperm",
	.expect = {
		{ WORKS, .under = "four-shadowed", .why = "libseccomp keeps no "
			"order: a rule without arguments takes the place of "
			"those with some" },
		{ FAILS(EPERM) },
	},
	.seen = { "seccomp_rule_add(3): the more specific rule \"is effectively "
		  "dropped from the filter\"" },
};
