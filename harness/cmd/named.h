/* SPDX-License-Identifier: MIT */
/* named.h: calls of a range of numbers by their names, in print. */
#ifndef CMD_NAMED_H
#define CMD_NAMED_H

#include <jansson.h>

#include "profile/diff.h"

#define NAMED_INDENT 8

/* Calls with one name, or numbers without. */
struct named {
	char name[64]; /* "": none of FIRST to LAST has one */
	uint32_t first, last;
};

/* The first part of C, or that behind N. False: there is no other. */
bool named_next(const struct change *c, struct named *n, bool begin);

/* "x86_64", "others", or a number. Returns TEXT. */
#define NAMED_WAY 24
const char *named_way(const struct change *c, char text[NAMED_WAY]);
bool named_same_way(const struct change *a, const struct change *b);

/* The way, padded; the call; a line with arguments. */
void named_put_way(const struct change *c);
void named_put_call(const struct named *n);
void named_put_example(const struct named *n, const struct seccomp_data *data);

/* Words with commas between them, in lines that are not too long. */
struct named_words {
	size_t n, column;
};

void named_put_word(struct named_words *l, const struct named *n);

json_t *named_hex(uint64_t value);

#endif
