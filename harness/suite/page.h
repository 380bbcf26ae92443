/* SPDX-License-Identifier: MIT */
/* page.h: recorded runs as one page of HTML that needs nothing beside itself.
 */
#ifndef SUITE_PAGE_H
#define SUITE_PAGE_H

#include <stddef.h>
#include <stdio.h>

#include "suite/suite.h"

#define PAGE_RUNS  8
#define PAGE_TEXTS 8
#define PAGE_FUZZ  8

struct page {
	const char *runs[PAGE_RUNS]; /* folders; the first answers */
	size_t nruns;
	const char
		*texts[PAGE_TEXTS]; /* files of Markdown, shown as they are */
	size_t ntexts;
	const char *fuzz[PAGE_FUZZ]; /* folders of `quartet fuzz -o` */
	size_t nfuzz;
};

/*
 * Writes the page of P to OUT; S says what the probes are. Whatever stands in
 * the records, no part of it is taken for HTML or script. 0, or a negative
 * errno, said.
 */
int page_write(const struct page *p, const struct suite *s, FILE *out);

#endif
