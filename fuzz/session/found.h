/* SPDX-License-Identifier: MIT */
/* found.h: programs that broke a promise, as the fuzzer's targets leave them
 * for `quartet fuzz` to look into. */
#ifndef SESSION_FOUND_H
#define SESSION_FOUND_H

#include "oracle/check.h"

#define FOUND_OF_A_KIND 4

/*
 * Writes P and what it broke, as text, to a new file in DIR (NULL: nowhere):
 * ORACLE-OPERATION-N.futex, N below FOUND_OF_A_KIND. 0, -EEXIST when there are
 * enough of that kind, or another negative errno.
 */
int found_save(const char *dir, const struct program *p,
	const struct finding *finding);

#endif
