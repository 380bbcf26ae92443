/* SPDX-License-Identifier: MIT */
/* surface.h: prints what `quartet surface` saw. */
#ifndef CMD_SURFACE_H
#define CMD_SURFACE_H

#include <stdio.h>

#include "surface/ftrace.h"

struct surface_seen {
	const struct reach *r;
	const struct symbols *s;
	struct ftrace_sums sums;
	const char *command, *release;
};

void surface_print(const struct surface_seen *seen, bool functions, FILE *to);

/* 0 or -ENOMEM. */
int surface_print_json(const struct surface_seen *seen, FILE *to);

#endif
