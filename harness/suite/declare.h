/* SPDX-License-Identifier: MIT */
/*
 * declare.h: the declarations of all probes, as build/probes.jsonl holds them
 * (probe_declare.c writes it, one line a probe).
 */
#ifndef SUITE_DECLARE_H
#define SUITE_DECLARE_H

#include <stdbool.h>
#include <stddef.h>

#include "probe/probe.h"

struct declaration {
	const char *name;   /* GROUP/NAME */
	struct probe probe; /* setup and run are NULL */
	int nexpect;
	bool raw;     /* PROBE_RAW: it is built without a libc too */
	bool unbuilt; /* it builds in no flavour, and so declares nothing */
};

/*
 * Reads the file; *OUT points to *N declarations, sorted by name, owned by the
 * caller for the life of the process. 0 or a negative errno, said on stderr.
 */
int declare_load(const char *path, struct declaration **out, size_t *n);

#endif
