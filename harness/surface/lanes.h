/* SPDX-License-Identifier: MIT */
/* lanes.h: the buffers of several processors, in the order of time. */
#ifndef SURFACE_LANES_H
#define SURFACE_LANES_H

#include "surface/reach.h"

struct lanes {
	struct reach *r; /* who gets them */
	struct ring_format format;
	struct lane {
		int fd;
		bool emptied;  /* by the last reading */
		uint64_t last; /* the time of the last event that was read */
		struct ring_event *list; /* read, and not given on from `at` */
		size_t n, at, room;
	} * cpus;
	int n;
	uint64_t before; /* the last time that any had before this reading */
	unsigned long events;
	bool lost;
};

/* Another processor, read from FD, which is closed by lanes_close(). 0 or
 * -ENOMEM. */
int lanes_add(struct lanes *m, int fd);

/*
 * Reads what is there, and gives on what nothing earlier can come to; at the
 * END all. 0; -EAGAIN: there was nothing; or another negative errno.
 */
int lanes_read(struct lanes *m, bool end);

void lanes_close(struct lanes *m);

#endif
