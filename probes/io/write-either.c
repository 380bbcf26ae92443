/* SPDX-License-Identifier: MIT */
/* io/write-either.c: two rules for a call; one allows what the other does not.
 */
#include "probe.h"

static int run(void)
{
	long ret = sys(__NR_write, 2, "", 0);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "write nothing to standard error, which a rule for large ones "
		 "does not allow, and one for descriptors from 1 on does",
	.run = run,
	.under = "four-either plain-four-either",
	.expect = {
		{ WORKS, .under = "four-either" },
		{ WORKS, .under = "plain-four-either", .has = "right_unions" },
		{ DIES("write"), .under = "plain-four-either", .why =
			"libseccomp 2.5.4: where the length is not above "
			"100, it is compared with the other rule's 1, in place "
			"of the descriptor" },
	},
	.seen = { "seccomp_rule_add(3): \"All of the filter rules supplied by the "
		  "calling application are combined into a union\"" },
};
