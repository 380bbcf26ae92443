/* SPDX-License-Identifier: MIT */
/*
 * judge.c: for scripts/test-systemd: whether a process has the filter that a
 * profile asks for. All filters are taken from it by ptrace(2), and run on
 * paper beside the profile's own: every number on every way into an x86-64
 * kernel, and what socketcall and ipc of x86 take first. compare PID BPF
 * PROGRAM  once PID runs PROGRAM verdict BPF WAY NR       how caller.c must
 * end: "killed", "exited ERRNO", or "passes"
 */
#include <errno.h>
#include <limits.h>
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sys/bpf.h"

#define NFILTERS 16
#define NUMBERS	 1024

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

/* seccomp_run_filters: the least action, read as a signed number. */
static uint32_t run_all(size_t n, const struct seccomp_data *data)
{
	uint32_t least = SECCOMP_RET_ALLOW;

	for (size_t i = 0; i < n; i++) {
		uint32_t verdict = run(&filters[i], data);

		if ((int32_t)(verdict & SECCOMP_RET_ACTION_FULL) <
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

static int compare_call(size_t n, const struct way *way, int nr)
{
	struct seccomp_data data = {
		.nr = nr | way->bit,
		.arch = way->arch,
	};

	for (; data.args[0] < 32; data.args[0]++) {
		uint32_t a = run(&want, &data), b = run_all(n, &data);

		if (a == b)
			continue;
		printf("%s %d(%u): profile %#x, systemd %#x\n", way->name, nr,
			(unsigned)data.args[0], a, b);
		return 1;
	}
	return 0;
}

static int compare(const char *pid, const char *program)
{
	int n, bad = 0;

	if (wait_for(pid, program))
		return fail(program);
	n = take_filters(atoi(pid));
	if (n < 0)
		return fail("filters");
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		for (int nr = -1; nr < NUMBERS; nr++)
			bad += compare_call((size_t)n, &ways[i], nr);
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
	if (!strcmp(argv[1], "compare"))
		return read_filter(argv[3]) ? fail(argv[3])
					    : compare(argv[2], argv[4]);
	return read_filter(argv[2]) ? fail(argv[2]) : verdict(argv[3], argv[4]);
}
