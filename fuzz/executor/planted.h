/* SPDX-License-Identifier: MIT */
/* planted.h: faults planted on purpose; see planted.c. */
#ifndef EXECUTOR_PLANTED_H
#define EXECUTOR_PLANTED_H

#include <linux/futex.h>

#include "sys/sys.h"

/*
 * planted_choose takes the fault that the environment names, before the filter:
 * 0, or -EINVAL for a name that it does not know. planted_futex is the futex
 * call of a program's step, with that fault in it.
 */
#ifdef QUARTET_PLANTED
int planted_choose(void);
long planted_futex(volatile int *word, int op, long val, const void *fourth,
	volatile int *word2, long val3);

/* A thread with this robust list ends. */
void planted_exit(struct robust_list_head *list);

/* The priority that WHOSE is given when BY asks for PRIO; -1: none. */
int planted_prio(int by, int whose, int prio);
#else
static inline int planted_choose(void)
{
	return 0;
}
#define planted_futex sys_futex
static inline void planted_exit(struct robust_list_head *list)
{
	(void)list;
}

static inline int planted_prio(int by, int whose, int prio)
{
	(void)by;
	(void)whose;
	return prio;
}
#endif

#endif
