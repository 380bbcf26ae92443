/* SPDX-License-Identifier: MIT */
/* words.c: texts, each kept once, found by their hash. Pure. */
#include "suite/words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "sys/hash.h"

/* Where TEXT is, or the empty slot that it would take. */
static uint32_t *slot(const struct words *w, const char *text)
{
	uint64_t hash = hash64(HASH64, text, strlen(text));
	size_t i = (hash ^ hash >> 32) & (w->nslots - 1);

	while (w->slots[i] && strcmp(words_text(w, w->slots[i] - 1), text) != 0)
		i = (i + 1) & (w->nslots - 1);
	return &w->slots[i];
}

/* At most three quarters of the slots are taken. */
static bool grow_slots(struct words *w)
{
	size_t n = w->nslots ? 2 * w->nslots : 64;
	uint32_t *old = w->slots;

	if (4 * w->n < 3 * w->nslots)
		return true;
	w->slots = calloc(n, sizeof(*w->slots));
	if (!w->slots) {
		w->slots = old;
		return false;
	}
	w->nslots = n;
	free(old);
	for (uint32_t no = 0; no < w->n; no++)
		*slot(w, words_text(w, no)) = no + 1;
	return true;
}

static bool grow_at(struct words *w)
{
	size_t room = w->at_room ? 2 * w->at_room : 64;
	uint32_t *at;

	if (w->n < w->at_room)
		return true;
	at = realloc(w->at, room * sizeof(*at));
	if (!at)
		return false;
	w->at = at;
	w->at_room = room;
	return true;
}

static bool grow_bytes(struct words *w, size_t size)
{
	size_t room = w->room ? w->room : 4096;
	char *bytes;

	if (size > UINT32_MAX - w->used)
		return false;
	while (room < w->used + size)
		room *= 2;
	if (room == w->room)
		return true;
	bytes = realloc(w->bytes, room);
	if (!bytes)
		return false;
	w->bytes = bytes;
	w->room = room;
	return true;
}

uint32_t words_add(struct words *w, const char *text)
{
	size_t size = strlen(text) + 1;
	uint32_t *to;

	if (!grow_slots(w))
		return WORDS_NONE;
	to = slot(w, text);
	if (*to)
		return *to - 1;
	if (!grow_at(w) || !grow_bytes(w, size))
		return WORDS_NONE;
	memcpy(w->bytes + w->used, text, size);
	w->at[w->n] = (uint32_t)w->used;
	w->used += size;
	*to = (uint32_t)++w->n;
	return *to - 1;
}

uint32_t words_find(const struct words *w, const char *text)
{
	uint32_t found = w->nslots ? *slot(w, text) : 0;

	return found ? found - 1 : WORDS_NONE;
}

void words_free(struct words *w)
{
	free(w->bytes);
	free(w->at);
	free(w->slots);
}
