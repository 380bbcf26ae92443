/* SPDX-License-Identifier: MIT */
/* write_raw.h: the header that profile_write_raw writes, read back. Pure. */
#ifndef PROFILE_WRITE_RAW_H
#define PROFILE_WRITE_RAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "profile/error.h"

struct profile;

/* Does TEXT begin as that header does? */
bool raw_is(const char *text, size_t size);

/*
 * Fills P, which is zero but for its names, by what the header loads in
 * programs of ARCH: flags and instructions; no instruction where it says that
 * it is not for them. It knows what the writer writes and no other C. 0, or -1
 * and ERR, with the line.
 */
int raw_read(struct profile *p, uint32_t arch, const char *text, size_t size,
	struct profile_error *err);

#endif
