/* SPDX-License-Identifier: MIT */
/* tell.h: a call that a filter and its rules judge otherwise, in words. */
#ifndef PROFILE_TELL_H
#define PROFILE_TELL_H

#include "profile/prove.h"

#define TELL_SIZE 400

/* "write(0x1, 0x0, 0x32) on x86_64 meets SCMP_ACT_KILL_PROCESS, by its rules
 * SCMP_ACT_ALLOW": the arguments as far as rules of P compare them. */
void tell_difference(const struct profile *p, const struct difference *d,
	char *text, size_t size);

#endif
