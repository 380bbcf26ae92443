/* SPDX-License-Identifier: MIT */
/*
 * bench_calls.c: N calls that a filter allows, and M that it refuses, from six
 * places, if it refuses getpid. Prints the seconds that the calls took.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sys/clock.h"

static double now(void)
{
	return (double)clock_ns(CLOCK_MONOTONIC) / 1e9;
}

#define PLACE(n)                                                               \
	__attribute__((noinline)) static long place##n(void)                   \
	{                                                                      \
		return syscall(SYS_getpid) + (n);                              \
	}
PLACE(0)
PLACE(1)
PLACE(2)
PLACE(3)
PLACE(4)
PLACE(5)

int main(int argc, char **argv)
{
	static long (*const places[])(
		void) = { place0, place1, place2, place3, place4, place5 };
	long allowed = argc > 1 ? atol(argv[1]) : 0;
	long refused = argc > 2 ? atol(argv[2]) : 0;
	volatile long sum = 0;
	double start = now();

	for (long i = 0; i < allowed; i++)
		sum += syscall(SYS_getppid);
	for (long i = 0; i < refused; i++)
		sum += places[i % 6]();
	printf("%.6f\n", now() - start);
	return 0;
}
