/* SPDX-License-Identifier: MIT */
/*
 * preflight.h: can this machine give evidence at all? Asked once before a run,
 * so that a missing right is one message and not a thousand broken cells.
 */
#ifndef SYS_PREFLIGHT_H
#define SYS_PREFLIGHT_H

#include <stdbool.h>

#include "sys/failure.h"

/* What may keep a process from tracing its children. */
#define PREFLIGHT_NO_PTRACE                                                    \
	"see /proc/sys/kernel/yama/ptrace_scope, the container's "             \
	"capabilities and seccomp profile, and `quartet doctor`"

/*
 * 0, or -1 and F tells: /proc is not ours, the kernel has no seccomp filters,
 * this process may not trace its children, or a filter is on this process
 * already (its refusals would be taken for the profile's), unless
 * OUTER_ALLOWED.
 */
int preflight(bool outer_allowed, struct failure *f);

/* Parts of it: the kernel's filters, and tracing. 0, or -1 and F tells. */
int preflight_seccomp(struct failure *f);
int preflight_ptrace(struct failure *f);

/* Why tracing a child failed, by its errno ERR, and where to look. Static. */
const char *preflight_ptrace_why(int err);

#endif
