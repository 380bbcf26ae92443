/* SPDX-License-Identifier: MIT */
/* libc/getopt.c: options, dates, paths and words: plain memory. */
#include "probe.h"

#include <getopt.h>
#include <libgen.h>
#include <string.h>
#include <wctype.h>

static int run(void)
{
	char *argv[] = { "probe", "-n", "4", "rest", NULL };
	char path[] = "/a/b", words[] = "one two", *save;

	CHECK(getopt(4, argv, "n:") == 'n' && !strcmp(optarg, "4"));
	CHECK(getopt(4, argv, "n:") == -1 && optind == 3);
	CHECK(!strcmp(basename(path), "b"));
	CHECK(strtok_r(words, " ", &save) && strtok_r(NULL, " ", &save));
	CHECK(towupper(L'a') == L'A' && iswalpha(L'z'));
	CHECK(strchr("four", 'r'));
	return 0;
}

PROBE = {
	.about = "getopt, basename, strtok_r, towupper",
	.run = run,
	.under = "four three",
	.expect = { { WORKS } },
	.seen = { "https://man7.org/linux/man-pages/man3/getopt.3.html" },
};
