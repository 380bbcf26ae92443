/* SPDX-License-Identifier: MIT */
/* systemd_dropins.h: the files that change a unit, systemd.unit(5). */
#ifndef PROFILE_SYSTEMD_DROPINS_H
#define PROFILE_SYSTEMD_DROPINS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether PATH is a folder NAME.d. */
bool systemd_is_dropins(const char *path);

/*
 * Gives TAKE each UNIT.d/NAME.conf, by name; UNIT may be such a folder itself.
 * TEXT is NULL for a file that cannot be read, with WHY. 0, or what TAKE
 * returned that was not 0.
 */
int systemd_dropins(const char *unit,
	int (*take)(void *to, const char *path, const char *text, size_t size,
		const char *why),
	void *to);

#endif
