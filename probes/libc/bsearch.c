/* SPDX-License-Identifier: MIT */
/* libc/bsearch.c: searching a sorted array. */
#include "probe.h"

#include <stdlib.h>

static int numbers[10];

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int run(void)
{
	int key = 5;

	for (int i = 0; i < 10; i++)
		numbers[i] = i;
	CHECK(bsearch(&key, numbers, 10, sizeof(int), compare) == numbers + 5);
	return 0;
}

PROBE = {
	.about = "bsearch",
	.run = run,
	.under = "four three",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
