/* SPDX-License-Identifier: MIT */
/*
 * judge.c: for scripts/test-systemd: whether a process has the filter that a
 * profile asks for. All filters are taken from it by ptrace(2), and run on
 * paper beside the profile's own: every number on every way into an x86-64
 * kernel, with many values of each argument if it is to look closely, else with
 * those of the first that socketcall and ipc of x86 take.
 *
 * compare PID BPF PROGRAM  once PID runs PROGRAM
 * closely PID BPF PROGRAM  the same
 * verdict BPF WAY NR       how caller.c must end: "killed", "exited ERRNO", or
 *                          "passes"
 */
#include <errno.h>
#include <limits.h>
#include <linux/audit.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sys/bpf.h"

#define NFILTERS 64
#define NUMBERS	 560

struct loaded {
	size_t n;
	struct sock_filter insns[BPF_MAXINSNS];
};

static const struct way {
	const char *name;
	uint32_t arch;
	int bit;
} ways[] = {
	{ "native", AUDIT_ARCH_X86_64, 0 },
	{ "x32", AUDIT_ARCH_X86_64, 0x40000000 },
	{ "int80", AUDIT_ARCH_I386, 0 },
};

static struct loaded filters[NFILTERS], want;

static int fail(const char *what)
{
	fprintf(stderr, "judge: %s: %s\n", what, strerror(errno));
	return 111;
}

static int read_filter(const char *path)
{
	FILE *f = fopen(path, "re");

	if (!f)
		return -1;
	want.n = fread(want.insns, sizeof(*want.insns), BPF_MAXINSNS, f);
	fclose(f);
	return want.n ? 0 : -1;
}

static uint32_t run(const struct loaded *f, const struct seccomp_data *data)
{
	return bpf_run(f->insns, f->n, data);
}

/* seccomp_run_filters: the least action, read as a signed number, and the
 * newest of those, the last. */
static uint32_t run_all(size_t n, const struct seccomp_data *data)
{
	uint32_t least = SECCOMP_RET_ALLOW;

	for (size_t i = 0; i < n; i++) {
		uint32_t verdict = run(&filters[i], data);

		if ((int32_t)(verdict & SECCOMP_RET_ACTION_FULL) <=
			(int32_t)(least & SECCOMP_RET_ACTION_FULL))
			least = verdict;
	}
	return least;
}

static int wait_for(const char *pid, const char *program)
{
	const struct timespec nap = { .tv_nsec = 1000000 };
	char path[64], exe[PATH_MAX];

	snprintf(path, sizeof(path), "/proc/%s/exe", pid);
	for (int i = 0; i < 5000; i++) {
		ssize_t n = readlink(path, exe, sizeof(exe) - 1);

		exe[n > 0 ? n : 0] = '\0';
		if (!strcmp(exe, program))
			return 0;
		nanosleep(&nap, NULL);
	}
	errno = ETIMEDOUT;
	return -1;
}

/* The number of filters, or -1. */
static int take_filters(pid_t pid)
{
	int n = 0;

	if (ptrace(PTRACE_SEIZE, pid, 0, 0) ||
		ptrace(PTRACE_INTERRUPT, pid, 0, 0) ||
		waitpid(pid, NULL, __WALL) != pid)
		return -1;
	for (; n < NFILTERS; n++) {
		long size = ptrace(
			PTRACE_SECCOMP_GET_FILTER, pid, n, filters[n].insns);

		if (size < 0)
			return errno == ENOENT ? n : -1;
		filters[n].n = (size_t)size;
	}
	errno = E2BIG;
	return -1;
}

static bool differ(
	size_t n, const struct way *way, const struct seccomp_data *d)
{
	uint32_t a = run(&want, d), b = run_all(n, d);

	if (a == b)
		return false;
	printf("%s %d(%#llx, %#llx, %#llx, %#llx): profile %#x, systemd %#x\n",
		way->name, d->nr & ~way->bit, (unsigned long long)d->args[0],
		(unsigned long long)d->args[1], (unsigned long long)d->args[2],
		(unsigned long long)d->args[3], a, b);
	return true;
}

/* Small numbers and each bit. */
static uint64_t value(unsigned i)
{
	return i < 48 ? i : 1ull << (i - 42);
}

/* What is looked at beside each argument in the one before: nothing, O_CREAT.
 */
static const struct {
	unsigned arg;
	uint64_t before;
} looks[] = { { 0, 0 }, { 1, 0 }, { 2, 0 }, { 2, 0100 }, { 3, 0 },
	{ 3, 0100 } };

static int compare_call(size_t n, const struct way *way, int nr, bool closely)
{
	const size_t nlooks = closely ? sizeof(looks) / sizeof(*looks) : 1;

	for (size_t k = 0; k < nlooks; k++)
		for (unsigned i = 0; i < (closely ? 80 : 32); i++) {
			struct seccomp_data data = {
				.nr = nr | way->bit,
				.arch = way->arch,
			};

			if (looks[k].arg)
				data.args[looks[k].arg - 1] = looks[k].before;
			data.args[looks[k].arg] = value(i);
			if (differ(n, way, &data))
				return 1;
		}
	return 0;
}

static int compare(const char *pid, const char *program, bool closely)
{
	int n, bad = 0;

	if (wait_for(pid, program))
		return fail(program);
	n = take_filters(atoi(pid));
	if (n < 0)
		return fail("filters");
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		for (int nr = -1; nr < NUMBERS; nr++)
			bad += compare_call((size_t)n, &ways[i], nr, closely);
	printf("%d filters, %d differences\n", n, bad);
	return bad > 0;
}

static int verdict(const char *name, const char *nr)
{
	const struct way *way = ways;
	struct seccomp_data data;
	uint32_t v;

	while (strcmp(way->name, name) != 0)
		if (++way == ways + sizeof(ways) / sizeof(*ways))
			return 100;
	data = (struct seccomp_data){
		.nr = atoi(nr) | way->bit,
		.arch = way->arch,
	};
	v = run(&want, &data);
	if (v == SECCOMP_RET_ALLOW)
		puts("passes");
	else if ((v & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO)
		printf("exited %u\n", v & SECCOMP_RET_DATA);
	else
		puts("killed");
	return 0;
}

int main(int argc, char **argv)
{
	if (argc != 5)
		return 100;
	if (!strcmp(argv[1], "compare") || !strcmp(argv[1], "closely"))
		return read_filter(argv[3])
			       ? fail(argv[3])
			       : compare(argv[2], argv[4],
					 *argv[1] == 'c' && argv[1][1] == 'l');
	return read_filter(argv[2]) ? fail(argv[2]) : verdict(argv[3], argv[4]);
}
