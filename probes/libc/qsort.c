/* SPDX-License-Identifier: MIT */
/* libc/qsort.c: a small array is sorted on the stack. */
#include "probe.h"

#include <stdlib.h>

#define N 100

static int numbers[N];

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int run(void)
{
	for (int i = 0; i < N; i++)
		numbers[i] = N - i;
	qsort(numbers, N, sizeof(int), compare);
	CHECK(numbers[0] == 1 && numbers[N - 1] == N);
	return 0;
}

PROBE = {
	.about = "qsort of 100 numbers",
	.run = run,
	.under = "four three",
	.expect = {
		{ WORKS },
	},
	.seen = { "glibc 2.36 stdlib/msort.c" },
};
