/* SPDX-License-Identifier: MIT */
/*
 * constants.h: the constants that arguments of system calls have names for:
 * AF_UNIX, O_CREAT, TCGETS. As x86-64 has them. Pure.
 */
#ifndef SYS_CONSTANTS_H
#define SYS_CONSTANTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct constant {
	const char *name;
	uint64_t value; /* converted to 64 bits with its sign */
};

/* By name, in the order of strcmp(3). */
extern const struct constant constants_table[];
extern const size_t constants_n;

/* The value of NAME; false: it is none that is known. */
bool constants_find(const char *name, uint64_t *value);

#endif
