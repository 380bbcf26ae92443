/* SPDX-License-Identifier: MIT */
/* write_raw.h: the header that profile_write_raw writes, read back. Pure. */
#ifndef PROFILE_WRITE_RAW_H
#define PROFILE_WRITE_RAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "profile/error.h"

#define RAW_ARCHES 3 /* a header has a filter, or none, for each */

struct filter;
struct profile;

/* The Ith of them, AUDIT_ARCH_*; 0 behind the last. */
uint32_t raw_arch(unsigned i);

/*
 * The filter for programs of ARCH. False: the header is not for them. Of
 * another machine's (aarch64) are rules that name it or no architecture at all;
 * what is BPF already was made elsewhere.
 */
bool raw_build(const struct profile *p, uint32_t arch, struct filter *out);

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
