/* SPDX-License-Identifier: MIT */
/* ring.h: the pages of the kernel's ring buffer, as trace_pipe_raw gives them
 * (Documentation/trace/ring-buffer-map.rst, events/header_page). Pure. */
#ifndef SURFACE_RING_H
#define SURFACE_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ring_kind {
	RING_FUNCTION, /* a: the function's address, b: where it was called */
	RING_ENTER,    /* a: the call's number, args */
	RING_EXIT,     /* a: the call's number, b: what it returned */
	RING_FORK,     /* a: the new task */
	RING_KINDS
};

struct ring_event {
	uint64_t when; /* by the trace's clock */
	enum ring_kind kind;
	int tid;
	bool interrupt; /* hard, soft or NMI: not the task's doing */
	uint64_t a, b;
	uint64_t args[2];
};

/* Where an event's fields lie: read from its `format`. */
struct ring_format {
	struct {
		int id;
		int a, a_size, b, args; /* offsets; -1: it has none */
	} of[RING_KINDS];
};

/* Takes the text of the `format` of KIND's event. 0 or -EBADMSG. */
int ring_take_format(
	struct ring_format *f, enum ring_kind kind, const char *text);

/*
 * Gives each event of a PAGE to TAKE, until it returns other than 0, which is
 * returned. *LOST is set where the page says that events before it were lost.
 * -EBADMSG: it is not as it should be.
 */
int ring_page(const struct ring_format *f, const unsigned char *page,
	size_t size, bool *lost,
	int (*take)(void *context, const struct ring_event *e), void *context);

#endif
