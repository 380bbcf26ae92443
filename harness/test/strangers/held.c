/* SPDX-License-Identifier: MIT */
/*
 * held.c: writes the filters that process PID has on it to NAME.1, NAME.2 and
 * so on, the oldest first, and prints how many there are. It asks the kernel by
 * itself, with nothing of quartet's.
 */
#include <linux/filter.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#ifndef PTRACE_SECCOMP_GET_FILTER
#define PTRACE_SECCOMP_GET_FILTER 0x420c
#endif

int main(int argc, char **argv)
{
	static struct sock_filter insns[BPF_MAXINSNS];
	int pid = argc == 3 ? atoi(argv[1]) : 0, status;
	unsigned long n = 0;
	char path[4096];
	long size;

	if (!pid || ptrace(PTRACE_SEIZE, pid, 0, 0) ||
		ptrace(PTRACE_INTERRUPT, pid, 0, 0) ||
		waitpid(pid, &status, __WALL) != pid)
		return 1;
	while ((size = ptrace(PTRACE_SECCOMP_GET_FILTER, pid, n, insns)) > 0) {
		FILE *to;

		snprintf(path, sizeof(path), "%s.%lu", argv[2], ++n);
		to = fopen(path, "w");
		if (!to ||
			fwrite(insns, sizeof(*insns), (size_t)size, to) !=
				(size_t)size ||
			fclose(to))
			return 1;
	}
	ptrace(PTRACE_DETACH, pid, 0, 0);
	printf("%lu\n", n);
	return 0;
}
