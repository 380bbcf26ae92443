/* SPDX-License-Identifier: MIT */
/* gallery/qsort.c: to sort is to ask how much memory there is. */
#include "probe.h"

#include <stdlib.h>

#define N 100000

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
	.about = "sort 400,000 bytes without sysinfo",
	.run = run,
	.under = "no-sysinfo",
	.symptom = "a judge of programming contests fails right answers: "
		   "runtime error",
	.diagnosis = "the filter killed it at sysinfo: qsort asks how much "
		     "memory there is",
	.expect = {
		{ WORKS, .flavour = "musl" },
		{ WORKS, .libc = GLIBC(2, 37) },
		{ DIES("sysinfo") },
	},
	.seen = { "https://github.com/QingdaoU/Judger/pull/81" },
};
