/* SPDX-License-Identifier: MIT */
/* futex.h: what the headers of kernels differ in. */
#ifndef SYS_FUTEX_H
#define SYS_FUTEX_H

#include <linux/futex.h>

/*
 * An operation without the flags that all kernels know. FUTEX_CMD_MASK of
 * Linux 7.2's <linux/futex.h> takes two more away (FUTEX_ROBUST_UNLOCK,
 * FUTEX_ROBUST_LIST32), with which every operation is an unknown one, ENOSYS,
 * to a kernel before it, whatever it was compiled with.
 */
#define FUTEX_COMMAND (~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME))

#endif
