/* SPDX-License-Identifier: MIT */
/* side_kernel.h: the process that has one of two kernels. */
#ifndef SESSION_SIDE_KERNEL_H
#define SESSION_SIDE_KERNEL_H

#include "profile/profile.h"

/*
 * In a process of its own, whose choice of a kernel is nobody else's: boots the
 * kernel NAME, if it is not the host's, and runs what comes on LINE
 * (LINK_PROGRAM) until that is closed. A kernel that dies in a program is
 * booted again, and LINK_LEFT tells of what. Its CONSOLE is kept. Returns an
 * exit status; what stood in the way is said on standard error.
 */
int side_kernel(const char *name, const char *console, int no,
	const struct filter *bpf, int line);

#endif
