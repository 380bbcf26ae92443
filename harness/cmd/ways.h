/* SPDX-License-Identifier: MIT */
/* ways.h: the ways into the kernel by their names, as verbs take them. */
#ifndef CMD_WAYS_H
#define CMD_WAYS_H

#include <stddef.h>
#include <stdint.h>

/* x86_64, x86, x32, aarch64, arm. */
struct way {
	const char *name;
	uint32_t arch; /* AUDIT_ARCH_* */
	int bit;       /* ARCH_X32_BIT, or 0 */
};

extern const struct way ways[];
extern const size_t ways_n;

/* The way of that name; NULL, and VERB says so. */
const struct way *ways_find(const char *verb, const char *name);

/* The way of a call by its number; NULL: it has none here. */
const struct way *ways_of(uint32_t arch, uint32_t nr);

/* The number of NAME on a way without its bit, or -1. A number is itself. */
int ways_number(const struct way *way, const char *name);

#endif
