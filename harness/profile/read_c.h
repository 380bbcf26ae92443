/* SPDX-License-Identifier: MIT */
/* read_c.h: the C code that profile_write_c writes, read back. Pure. */
#ifndef PROFILE_READ_C_H
#define PROFILE_READ_C_H

#include <stdbool.h>
#include <stddef.h>

#include "profile/error.h"

struct profile;

/* Does TEXT begin as that code does? */
bool code_is(const char *text, size_t size);

/*
 * Fills P, which is zero but for its names, by what the code has libseccomp do:
 * its rules, default action, architectures and attributes. It knows what the
 * writer writes and no other C. 0, or -1 and ERR, with the line.
 */
int code_read(struct profile *p, const char *text, size_t size,
	struct profile_error *err);

#endif
