/* SPDX-License-Identifier: MIT */
/* page_probes.h: what a page says beside the records: of probes, flavours and
 * texts. */
#ifndef SUITE_PAGE_PROBES_H
#define SUITE_PAGE_PROBES_H

#include <jansson.h>

#include "suite/suite.h"

/* Adds to PROBES what is declared of the probe NAME, with its source where it
 * is here and small, unless it is there. 0 or -ENOMEM. */
int page_probe(const struct suite *s, const char *name, json_t *probes);

/* By name: the libc and its version. */
json_t *page_flavours(const struct suite *s);

/* Adds what is in the N files of PATHS to DATA. 0 or a negative errno, said. */
int page_texts(const char *const *paths, size_t n, json_t *data);

/* The text of PATH, to be freed; NULL with errno set: E2BIG for one with more
 * than MAX bytes. */
char *page_read(const char *path, size_t max);

#endif
