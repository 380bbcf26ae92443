/* SPDX-License-Identifier: MIT */
/* read_lxc.h: LXC's seccomp files. */
#ifndef PROFILE_READ_LXC_H
#define PROFILE_READ_LXC_H

#include "profile/rules.h"

/* Whether TEXT is a version and, behind it, what kind of list follows. */
bool lxc_is(const char *text, size_t size);

/* Fills P. 0, or -1 and ERR. */
int lxc_read(struct profile *p, const char *text, size_t size,
	struct profile_error *err);

#endif
