/* SPDX-License-Identifier: MIT */
/*
 * group.h: which probe a program is. It holds one (probe_one.c), or a group
 * of them (probe_group.c) and has a name for each: a static libc is linked
 * once then, and its text lies on the disk once.
 */
#ifndef PROBE_GROUP_H
#define PROBE_GROUP_H

#include "probe/probe.h"

/* By its name where there are several. It calls nothing armed, allocates
 * nothing, and ends the program when it has no such probe. */
const struct probe *probe_mine(void);

/* scripts/link-group writes it; the last one has no name. */
struct probe_named {
	const char *name; /* without the group's */
	const struct probe *probe;
};
extern const struct probe_named probe_group[];

#endif
