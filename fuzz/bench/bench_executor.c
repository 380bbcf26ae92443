/* SPDX-License-Identifier: MIT */
/*
 * bench_executor.c: what the executor is worth beside the plain way, in one
 * run: bench_executor PROFILE N, N programs of each kind. bench_executor
 * PROFILE N memory: only N programs, and how memory goes.
 */
#include <linux/futex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/arch.h"
#include "executor/executor.h"
#include "bench/plain.h"
#include "sys/clock.h"

#define ROUNDS 5

static struct filter bpf;
static struct memory_map memory;
static struct executor *executor;

static double now(void)
{
	return (double)clock_ns(CLOCK_MONOTONIC) / 1e3;
}

static int compare(const void *a, const void *b)
{
	double d = *(const double *)a - *(const double *)b;

	return d < 0 ? -1 : d > 0;
}

static double median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof(*v), compare);
	return v[n / 2];
}

/* Eight wakes, by so many threads. */
static void make_program(struct program *p, int threads)
{
	memset(p, 0, sizeof(*p));
	p->nwords = 1;
	p->nsteps = 8;
	for (int i = 0; i < p->nsteps; i++)
		p->steps[i] = (struct step){ .thread = (uint8_t)(i % threads),
			.op = FUTEX_WAKE_PRIVATE,
			.val = 1 };
}

static double time_executor(const struct program *p, int n)
{
	double start = now();
	struct result r;

	for (int i = 0; i < n; i++)
		if (executor_run(executor, p, &r) || r.state[7] != 1)
			exit(111);
	return (now() - start) / n;
}

static double time_plain(const struct program *p, int n)
{
	double start = now();
	int status;

	for (int i = 0; i < n; i++) {
		pid_t pid = fork();

		if (pid == 0)
			plain_run(p, &memory, &bpf);
		if (pid < 0 || waitpid(pid, &status, 0) != pid || status)
			exit(111);
	}
	return (now() - start) / n;
}

static void compare_with_plain(int threads, int n)
{
	double ratio[ROUNDS], ours[ROUNDS];
	struct program p;

	make_program(&p, threads);
	for (int i = 0; i < ROUNDS; i++) {
		double plain = time_plain(&p, n / 10);

		ours[i] = time_executor(&p, n);
		ratio[i] = plain / ours[i];
	}
	printf("executor, %d thread%s: %.1f times the programs a second of "
	       "fork, load and run (%.0f us a program)\n",
		threads, threads == 1 ? "" : "s", median(ratio, ROUNDS),
		median(ours, ROUNDS));
}

/* As the executor's step: the same calls with no clock around them. */
static double time_bare_calls(int n)
{
	double *us = mmap(NULL, sizeof(*us), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		static int word;
		double start;

		if (plain_load(&bpf))
			_exit(111);
		start = now();
		for (int i = 0; i < n; i++)
			syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1);
		*us = (now() - start) / n;
		for (;;)
			syscall(SYS_exit, 0);
	}
	waitpid(pid, &status, 0);
	if (status)
		exit(111);
	return *us;
}

static double time_steps(int n)
{
	struct program p;
	struct result r;
	double sum = 0;

	make_program(&p, 1);
	p.nsteps = PROGRAM_STEPS;
	for (int i = 8; i < p.nsteps; i++)
		p.steps[i] = p.steps[0];
	for (int i = 0; i < n; i++) {
		if (executor_run(executor, &p, &r))
			exit(111);
		sum += r.at_us[p.nsteps - 1] - r.at_us[0];
	}
	return sum / n / (p.nsteps - 1);
}

static void compare_calls(int n)
{
	double ratio[ROUNDS], step = 0;

	for (int i = 0; i < ROUNDS; i++) {
		step = time_steps(n / 10);
		ratio[i] = time_bare_calls(n * 6) / step;
	}
	printf("futex calls of one executor thread: %.0f %% of a bare loop's "
	       "(%.3f us a step)\n",
		100 * median(ratio, ROUNDS), step);
}

static void time_deaths(void)
{
	double cost[100], run;
	struct program p;
	struct result r;

	make_program(&p, 1);
	run = time_executor(&p, 100);
	for (int i = 0; i < 100; i++) {
		double start = now();

		kill(executor_pid(executor), SIGKILL);
		executor_run(executor, &p, &r);
		executor_run(executor, &p, &r);
		cost[i] = now() - start - run;
	}
	printf("an executor's death: %.2f ms\n", median(cost, 100) / 1000);
}

static void watch_memory(long n)
{
	struct program p[2];
	struct rusage use;

	make_program(&p[0], 1);
	make_program(&p[1], 4);
	for (long i = 0; i < 10; i++) {
		time_executor(&p[0], (int)(n / 20));
		time_executor(&p[1], (int)(n / 20));
		getrusage(RUSAGE_SELF, &use);
		printf("%ld programs: %ld KiB\n", (i + 1) * n / 10,
			use.ru_maxrss);
	}
}

int main(int argc, char **argv)
{
	struct profile_error err;
	struct profile *profile;
	long n;

	if (argc < 3)
		return 100;
	profile = profile_load("build/profiles", argv[1], &err);
	if (!profile || profile_build(profile, ARCH_NATIVE, &bpf, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return 100;
	}
	profile_free(profile);
	executor = executor_open(&bpf, false);
	if (!executor || memory_make(&memory))
		return 111;
	n = atol(argv[2]);
	if (argc > 3) {
		watch_memory(n);
	} else {
		compare_with_plain(1, (int)n);
		compare_with_plain(4, (int)n);
		compare_calls((int)n);
		time_deaths();
	}
	executor_close(executor);
	return 0;
}
