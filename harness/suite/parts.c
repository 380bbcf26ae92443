/* SPDX-License-Identifier: MIT */
/* parts.c: the parts of a cell's name. Pure. */
#include "suite/parts.h"

#include <string.h>

static const char *const names[PARTS] = {
	[PART_GROUP] = "group",
	[PART_PROFILE] = "profile",
	[PART_FLAVOUR] = "flavour",
	[PART_KERNEL] = "kernel",
};

const char *part_name(enum part part)
{
	return names[part];
}

bool part_find(const char *cell, enum part part, const char **at, size_t *n)
{
	const char *profile = strchr(cell, '@');
	const char *flavour = profile ? strchr(profile, '/') : NULL;

	if (!flavour)
		return false;
	switch (part) {
	case PART_GROUP:
		*at = cell;
		*n = strcspn(cell, "/@");
		break;
	case PART_PROFILE:
		*at = profile + 1;
		*n = (size_t)(flavour - profile) - 1;
		break;
	case PART_FLAVOUR:
		*at = flavour + 1;
		*n = strcspn(flavour + 1, "+");
		break;
	default:
		*at = flavour + 1 + strcspn(flavour + 1, "+");
		*at += **at == '+';
		*n = strlen(*at);
	}
	return true;
}
