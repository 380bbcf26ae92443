/* SPDX-License-Identifier: MIT */
/*
 * escape/pipe-helper.c: a pipe to a helper that takes names for orders: write
 * reaches as far as whoever reads.
 */
#include "probe.h"

#include <fcntl.h>

static int orders[2], answers[2];

static int helper(void)
{
	char name[32];
	long n = sys(__NR_read, orders[0], name, sizeof(name) - 1);

	if (n <= 0)
		return 1;
	name[n] = 0;
	sys(__NR_open, name, O_CREAT | O_WRONLY, 0600);
	sys(__NR_write, answers[1], "", 1);
	return 0;
}

static int setup(void)
{
	if (sys(__NR_pipe2, orders, 0) || sys(__NR_pipe2, answers, 0))
		return EMFILE;
	return probe_partner(helper) > 0 ? 0 : ENOMEM;
}

static int run(void)
{
	static const char name[] = "outside/asked";
	char answer;

	CHECK(sys(__NR_write, orders[1], name, sizeof(name) - 1) == 13);
	CHECK(sys(__NR_read, answers[0], &answer, 1) == 1);
	return 0;
}

PROBE_RAW = {
	.about = "write an order into a pipe whose reader obeys",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-tsync strict",
	.expect = { { ESCAPES("file asked"),
		.why = "the filter judges calls, "
		       "not what is said through them" } },
	.seen = { "https://en.wikipedia.org/wiki/Confused_deputy_problem" },
};
