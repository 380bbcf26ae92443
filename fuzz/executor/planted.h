/* SPDX-License-Identifier: MIT */
/* planted.h: faults planted on purpose; see planted.c. */
#ifndef EXECUTOR_PLANTED_H
#define EXECUTOR_PLANTED_H

/* Chooses the fault that the environment names, before the filter. 0, or
 * -EINVAL for a name that it does not know. */
#ifdef QUARTET_PLANTED
int planted_choose(void);
#else
static inline int planted_choose(void)
{
	return 0;
}
#endif

#endif
