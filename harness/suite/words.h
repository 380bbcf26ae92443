/* SPDX-License-Identifier: MIT */
/* words.h: texts, each kept once: a million names of cells in some 60 MB. */
#ifndef SUITE_WORDS_H
#define SUITE_WORDS_H

#include <stddef.h>
#include <stdint.h>

/* All 0: none. */
struct words {
	char *bytes; /* each text with its NUL */
	size_t used, room;
	uint32_t *at; /* where in BYTES a text begins */
	size_t n, at_room;
	uint32_t *slots; /* a text's number + 1; 0: empty */
	size_t nslots;
};

#define WORDS_NONE UINT32_MAX

/* The number of TEXT, from 0 in their order; it is added when it is not there.
 * WORDS_NONE: out of memory, or 4 GB of texts. */
uint32_t words_add(struct words *w, const char *text);

/* The same, and WORDS_NONE when it is not there. */
uint32_t words_find(const struct words *w, const char *text);

/* Until the next words_add(). */
static inline const char *words_text(const struct words *w, uint32_t no)
{
	return w->bytes + w->at[no];
}

void words_free(struct words *w);

#endif
