/* SPDX-License-Identifier: MIT */
/*
 * arm.h: load a filter by raw system calls: no malloc, no stdio, no libc
 * state touched, so that nothing is warm that the program would find cold.
 */
#ifndef PROBE_ARM_H
#define PROBE_ARM_H

#include "probe/cell.h"

/*
 * Loads what PAGE says into the calling thread (all threads with
 * SECCOMP_FILTER_FLAG_TSYNC), setting no_new_privs first as libseccomp does
 * (seccomp_attr_set(3), SCMP_FLTATR_CTL_NNP). 0 or an errno; with TSYNC, a
 * thread that could not be synchronised gives ESRCH (seccomp(2)). Mode
 * CELL_NONE does nothing.
 */
int arm_page(const struct cell_page *page);

/* The descriptor that listens to the last filter that was loaded and notifies
 * (SECCOMP_RET_USER_NOTIF); -1 without one. */
int arm_listener(void);

#endif
