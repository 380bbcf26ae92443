/* SPDX-License-Identifier: MIT */
/* surface.h: prints what `quartet surface` saw. */
#ifndef CMD_SURFACE_H
#define CMD_SURFACE_H

#include <stdio.h>

#include "surface/ftrace.h"
#include "surface/kcov.h"

struct surface_seen {
	const struct sorts *rows;
	const struct symbols *s;
	bool by_kcov;
	unsigned long lost, tasks;
	bool lost_some;
	struct reach_sums sums; /* where it is not by KCOV */
	const char *command, *release;
};

void surface_print(const struct surface_seen *seen, bool functions, FILE *to);

/* 0 or -ENOMEM. */
int surface_print_json(const struct surface_seen *seen, FILE *to);

#endif
