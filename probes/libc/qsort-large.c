/* SPDX-License-Identifier: MIT */
/* libc/qsort-large.c: a large array makes glibc ask how much memory there is,
 * and take some. */
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
	.about = "qsort of 100,000 numbers",
	.run = run,
	.under = "four four-enosys four+heap",
	.expect = {
		{ WORKS, .flavour = "musl", .why = "smoothsort, in place" },
		{ WORKS, .under = "four+heap", .libc = GLIBC(2, 37) },
		{ CRASHES(SIGSEGV),
			.under = "four-enosys", .flavour = "glibc-static",
			.libc = GLIBC(2, 37),
			.why = "the heap grows by an errno that passes for "
			       "an address" },
		{ WORKS, .under = "four-enosys",
			.why = "where there is no memory it sorts in place" },
		{ DIES("getrandom|brk|mmap|mmap2"), .libc = GLIBC(2, 37) },
		{ DIES("sysinfo"),
			.why = "a quarter of the physical memory is the "
			       "bound" },
	},
	.seen = { "glibc 2.36 stdlib/msort.c",
		"musl 1.2.3 src/stdlib/qsort.c" },
};
