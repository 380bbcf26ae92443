/* SPDX-License-Identifier: MIT */
/*
 * jsonpos.h: where a value stands in a JSON text. jansson does not keep the
 * places of what it read; this finds them again when there is an error to
 * tell. Pure code.
 */
#ifndef PROFILE_JSONPOS_H
#define PROFILE_JSONPOS_H

#include <stddef.h>

/* One step into a value: a member by KEY, or an element by INDEX. */
struct jsonpos_step {
	const char *key; /* NULL: an element */
	size_t index;
};

#define JSONPOS_DEPTH 8

/*
 * Where the last searches of one text have come: a reader that asks for one
 * element after the other does not start again at the top for each. Zero at
 * first.
 */
struct jsonpos_memory {
	struct {
		const char *in, *key, *at; /* the brackets, what is in them */
		size_t index;
	} steps[JSONPOS_DEPTH];
	const char *last, *line_at; /* the last place, and its line */
	int line;
};

/*
 * Finds the value that PATH leads to in TEXT, which is valid JSON (a parser
 * took it), and fills the 1-based LINE and COLUMN of its first byte (of its
 * key, with ON_KEY). As far as the path leads: the last value found counts.
 * MEMORY is of the same text, or NULL.
 */
void jsonpos_find(const char *text, size_t size,
	const struct jsonpos_step *path, size_t npath, int on_key,
	struct jsonpos_memory *memory, int *line, int *column);

#endif
