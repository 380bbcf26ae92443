/* SPDX-License-Identifier: MIT */
/* constants.c: constants by name, from a table that scripts/constants makes. */
#include "sys/constants.h"

#include <stdlib.h>
#include <string.h>

const struct constant constants_table[] = {
#include "sys/constants_table.inc"
};
const size_t constants_n = sizeof(constants_table) / sizeof(*constants_table);

static int compare(const void *name, const void *constant)
{
	return strcmp(name, ((const struct constant *)constant)->name);
}

bool constants_find(const char *name, uint64_t *value)
{
	const struct constant *c = bsearch(name, constants_table, constants_n,
		sizeof(*constants_table), compare);

	if (c)
		*value = c->value;
	return c != NULL;
}
