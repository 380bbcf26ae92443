/* SPDX-License-Identifier: MIT */
/*
 * jsonpos.h: where a value stands in a JSON text. jansson does not keep the
 * places of what it read; this finds them again when there is an error to
 * tell. Pure code.
 */
#ifndef JSONPOS_H
#define JSONPOS_H

#include <stddef.h>

/* One step into a value: a member by KEY, or an element by INDEX. */
struct jsonpos_step {
	const char *key; /* NULL: an element */
	size_t index;
};

/*
 * Finds the value that PATH leads to in TEXT, which is valid JSON (a parser
 * took it), and fills the 1-based LINE and COLUMN of its first byte (of its
 * key, with ON_KEY). As far as the path leads: the last value found counts.
 */
void jsonpos_find(const char *text, size_t size,
	const struct jsonpos_step *path, size_t npath, int on_key, int *line,
	int *column);

#endif
