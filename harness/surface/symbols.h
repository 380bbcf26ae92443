/* SPDX-License-Identifier: MIT */
/* symbols.h: the kernel's functions by their addresses. */
#ifndef SURFACE_SYMBOLS_H
#define SURFACE_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct symbols {
	struct symbol {
		uint64_t at;
		char *name;
	} * list; /* by address, one a place */
	size_t n;
};

/* Reads lines of /proc/kallsyms from FROM. 0; -EPERM: the addresses are
 * hidden; or another negative errno. */
int symbols_read(struct symbols *s, FILE *from);
void symbols_free(struct symbols *s);

/* The index of the one that ADDRESS lies in, or -1. */
int symbols_at(const struct symbols *s, uint64_t address);

#endif
