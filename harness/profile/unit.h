/* SPDX-License-Identifier: MIT */
/* unit.h: the lines of a systemd unit, systemd.syntax(7). Pure. */
#ifndef PROFILE_UNIT_H
#define PROFILE_UNIT_H

#include <stdbool.h>
#include <stddef.h>

/* Does TEXT begin as a unit does, with a section? */
bool unit_is(const char *text, size_t size);

/*
 * Gives each setting to TAKE: the line on which it begins, its name, and what
 * stands behind the "=", which TAKE may write into. Sections are not told
 * apart. 0, or what TAKE returned that was not 0; or -1, with *WHY, and *LINE.
 */
int unit_read(const char *text, size_t size,
	int (*take)(void *to, int line, const char *key, char *value), void *to,
	int *line, const char **why);

#endif
