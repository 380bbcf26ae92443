/* SPDX-License-Identifier: MIT */
/* loads.h: runs a command, and tells the filters that are loaded in it. */
#ifndef SYS_LOADS_H
#define SYS_LOADS_H

#include <stdbool.h>
#include <sys/types.h>

#include "sys/bpf.h"

/* Thread TID has loaded BPF. False: it is enough. */
typedef bool loads_fn(void *context, pid_t tid, const struct filter *bpf);

/*
 * Runs ARGV, its standard output being our standard error, and traces it with
 * all that it starts: filters are read where they lie when the kernel is given
 * them, and told once it has taken them. Ends when ARGV's own process does,
 * after SECONDS, or when TELL has had enough; what then still runs dies with
 * the caller. 0, *STATUS as of waitpid(2), or -1 if it still ran; or a negative
 * errno: it was not started.
 */
int loads_watch(char **argv, unsigned seconds, loads_fn *tell, void *context,
	int *status);

/*
 * Starts ARGV as loads_watch does, traced by OPTIONS of ptrace(2) and those
 * that follow what it starts, and stopped before it executes. Its process, or a
 * negative errno. Once it has ended, or executed, loads_started(FAILED) is 0,
 * or the negative errno of why it was not executed.
 */
pid_t loads_start(char **argv, long options, int *failed);
int loads_started(int failed);

#endif
