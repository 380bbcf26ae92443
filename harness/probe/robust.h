/* SPDX-License-Identifier: MIT */
/*
 * robust.h: a thread with a robust list, for the probes in futex/. It is
 * started in setup(), unfiltered, and ends when run() says so; what the kernel
 * made of its words is then there to see.
 */
#ifndef PROBE_ROBUST_H
#define PROBE_ROBUST_H

#include "probe/sleeper.h"

struct robust {
	struct robust_list list;
	int word;
};

static struct robust_list_head head;
static int tid; /* of the owner */
static int robust_done, robust_ready, robust_go;

/* The probe's: links the words of its choice to `head`, which is empty. The
 * owner runs it. */
static void lay_list(void);

static inline void robust_owner(void *arg)
{
	(void)arg;
	tid = (int)sys(__NR_gettid);
	head.list.next = &head.list;
	head.futex_offset = offsetof(struct robust, word);
	lay_list();
	sys(__NR_set_robust_list, &head, sizeof(head));
	probe_open(&robust_ready);
	probe_pass(&robust_go);
}

/* Starts the owner, and returns when its list is announced. 0 or an errno. */
static inline int robust_start(void)
{
	long id = probe_thread(robust_owner, NULL, &robust_done);

	if (id < 0)
		return (int)-id;
	probe_pass(&robust_ready);
	return 0;
}

/* Lets the owner end, and waits for its end: the list is walked by then. */
static inline void robust_end(void)
{
	probe_open(&robust_go);
	probe_join(&robust_done);
}

#endif
