/* SPDX-License-Identifier: MIT */
/* parts.h: the parts of a cell's name, group/probe@profile/flavour+kernel. */
#ifndef SUITE_PARTS_H
#define SUITE_PARTS_H

#include <stdbool.h>
#include <stddef.h>

enum part { PART_GROUP, PART_PROFILE, PART_FLAVOUR, PART_KERNEL, PARTS };

/* "group", "profile", ... */
const char *part_name(enum part part);

/* PART of CELL: N bytes from AT on; a cell of the host has an empty kernel.
 * False: CELL is not of that form. */
bool part_find(const char *cell, enum part part, const char **at, size_t *n);

#endif
