/* SPDX-License-Identifier: MIT */
/* flavour.h: how the probes were built, and which libc they meet here. */
#ifndef SUITE_FLAVOUR_H
#define SUITE_FLAVOUR_H

#include <stddef.h>
#include <stdint.h>

struct flavour {
	char name[32];
	char version[32]; /* of its libc, "" when it could not be learnt */
	uint32_t arch;	  /* AUDIT_ARCH_* */
	unsigned libc;	  /* GLIBC(), MUSL(), or 0 */
};

/*
 * Reads PATH, flavours.json of the build, into ALL, which has room for MAX. A
 * dynamic flavour meets the libc of the machine it runs on, not of the one
 * that built it: that one is asked now. *N is their number. 0 or a negative
 * errno, said on stderr.
 */
int flavour_load(const char *path, struct flavour *all, size_t max, size_t *n);

/* The first version number in TEXT, such as "2.36"; "" when it has none. */
void flavour_version(const char *text, char *version, size_t size);

#endif
