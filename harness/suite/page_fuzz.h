/* SPDX-License-Identifier: MIT */
/* page_fuzz.h: what a page says of campaigns of `quartet fuzz`. */
#ifndef SUITE_PAGE_FUZZ_H
#define SUITE_PAGE_FUZZ_H

#include <jansson.h>
#include <stddef.h>

/*
 * Sets "campaigns" of DATA: of each of the N folders that `quartet fuzz -o`
 * wrote its report, its progress, and the report of each finding, as texts. 0
 * or a negative errno; all but -ENOMEM are said.
 */
int page_campaigns(const char *const *dirs, size_t n, json_t *data);

#endif
