/* SPDX-License-Identifier: MIT */
/* refused.h: which call a thread that the filter kills was refused. */
#ifndef SYS_REFUSED_H
#define SYS_REFUSED_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "sys/regs.h"

/*
 * The si_code of a trap: SYS_SECCOMP of asm-generic/siginfo.h, under a name of
 * our own, for glibc has none at first and then an enum.
 */
#define REFUSED_BY_SECCOMP 1

/*
 * Thread TID is in its exit stop and ends by signal SIG. True when it is the
 * filter that kills it, and for a call of its own; then *REGS, *ARCH
 * (AUDIT_ARCH_*) and *NR tell of that call.
 */
bool refused_at_exit(
	pid_t tid, int sig, struct regs *regs, uint32_t *arch, int *nr);

#endif
