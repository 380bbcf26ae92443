/* SPDX-License-Identifier: MIT */
/* escape/unknown-call.c: a rule whose call libseccomp has no name for. */
#include "probe.h"

#define NR_CALL 467 /* open_tree_attr, Linux 6.15 */

/* An older kernel answers ENOSYS, if the filter lets it. */
static int run(void)
{
	return sys(NR_CALL, -1, -1, -1, -1, -1) == -EPERM ? EPERM : 0;
}

PROBE_RAW = {
	.about = "make a call that the profile names, with its rule and without",
	.run = run,
	.under = "four+open_tree_attr known-four+open_tree_attr "
		 "no-open_tree_attr-eperm known-no-open_tree_attr-eperm",
	.flavours = "!i386",
	.expect = {
		{ WORKS, .under = "four+open_tree_attr" },
		{ FAILS(EPERM), .under = "no-open_tree_attr-eperm" },
		{ WORKS, .under = "known-four+*", .has = "known_open_tree_attr" },
		{ FAILS(EPERM), .under = "known-no-*",
			.has = "known_open_tree_attr" },
		{ DIES("open_tree_attr"), .under = "known-four+*",
			.why = "the rule is left out: runtimes find calls by "
			       "name" },
		{ WORKS, .under = "known-no-*", .why = "the rule is left out" },
	},
	.seen = { "https://github.com/opencontainers/runc/blob/main/"
		  "libcontainer/seccomp/seccomp_linux.go",
		"systemd: src/shared/seccomp-util.c, "
		"seccomp_parse_syscall_filter" },
};
