/* SPDX-License-Identifier: MIT */
/*
 * bench_bare.c: what a program costs with nothing around it. Runs each
 * PROGRAM N times by fork, exec and wait, and prints the median in
 * milliseconds.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/clock.h"

static double now_ms(void)
{
	return (double)clock_ns(CLOCK_MONOTONIC) / 1e6;
}

static double run(char *program)
{
	char *argv[] = { program, NULL };
	double start = now_ms();
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		close(2);
		execv(program, argv);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid ||
		(WIFEXITED(status) && WEXITSTATUS(status) == 127)) {
		fprintf(stderr, "bench_bare: %s: does not run\n", program);
		exit(111);
	}
	return now_ms() - start;
}

static int compare(const void *a, const void *b)
{
	double d = *(const double *)a - *(const double *)b;

	return (d > 0) - (d < 0);
}

int main(int argc, char **argv)
{
	int n = argc > 2 ? atoi(argv[1]) : 0, total = n * (argc - 2);
	double *ms = total > 0 ? calloc((size_t)total, sizeof(*ms)) : NULL;

	if (!ms) {
		fprintf(stderr, "usage: bench_bare N PROGRAM...\n");
		return 100;
	}
	for (int i = 0; i < total; i++)
		ms[i] = run(argv[2 + i % (argc - 2)]);
	qsort(ms, (size_t)total, sizeof(*ms), compare);
	printf("%.3f\n", ms[total / 2]);
	free(ms);
	return 0;
}
