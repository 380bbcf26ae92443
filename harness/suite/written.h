/* SPDX-License-Identifier: MIT */
/* written.h: the answers as a text for somebody who asked. */
#ifndef SUITE_WRITTEN_H
#define SUITE_WRITTEN_H

#include <stdio.h>

#include "suite/suite.h"

/*
 * Writes written.md to OUT, as Markdown, with its lines that begin with @
 * filled in: from the run in DIR, and from LESS, a run of four without each of
 * its calls (NULL: none). S says where the profiles are. Nothing but the
 * records makes it differ. 0 or a negative errno, said.
 */
int written_print(
	const char *dir, const char *less, const struct suite *s, FILE *out);

#endif
