/* SPDX-License-Identifier: MIT */
/* repeated.c: the union of what many runs were refused. Pure. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "explain/repeat.h"

/* Code of no file lies elsewhere in each run: its address tells nothing. That
 * in a file ("+0x") does. Writes over TEXT. */
static void blot_addresses(char *text)
{
	const char *from = text;
	char *to = text;

	while (*from) {
		bool bare = !strncmp(from, "0x", 2) &&
			    (from == text || strchr(" |", from[-1]));

		*to++ = *from++;
		if (bare)
			from += 1 + strspn(from + 1, "0123456789abcdef");
	}
	*to = '\0';
}

static const char *text_of(const json_t *o, const char *name)
{
	const char *text = json_string_value(json_object_get(o, name));

	return text ? text : "";
}

static char *key_of_place(const json_t *place)
{
	char *key = NULL;

	if (asprintf(&key, "%s|%s|%s|%s|%s", text_of(place, "call"),
		    text_of(place, "arch"), text_of(place, "filter"),
		    text_of(place, "whose"), text_of(place, "by")) < 0)
		return NULL;
	blot_addresses(key);
	return key;
}

/* The one with KEY, which it takes; a new one has no runs yet. NULL: no memory.
 */
static struct repeat_item *find(struct repeat_list *l, char *key)
{
	struct repeat_item *items;

	for (size_t i = 0; i < l->n; i++)
		if (!strcmp(l->items[i].key, key)) {
			free(key);
			return &l->items[i];
		}
	items = realloc(l->items, (l->n + 1) * sizeof(*items));
	if (!items) {
		free(key);
		return NULL;
	}
	l->items = items;
	items[l->n] = (struct repeat_item){ .key = key };
	return &items[l->n++];
}

/* 1: it is new, 0, or -ENOMEM. */
static int add(struct repeat_list *l, char *key, long run,
	const json_t *example, json_int_t calls)
{
	struct repeat_item *item = key ? find(l, key) : NULL;
	bool is_new = item && !item->runs;

	if (!item)
		return -ENOMEM;
	if (is_new) {
		item->example = json_deep_copy(example);
		item->first = run;
	}
	if (item->last != run)
		item->runs++;
	item->last = run;
	item->calls += calls;
	return is_new;
}

static int add_places(struct repeated *r, long run, const json_t *places)
{
	const json_t *place;
	size_t i;
	int ret, is_new = 0;

	json_array_foreach(places, i, place)
	{
		ret = add(&r->places, key_of_place(place), run, place,
			json_integer_value(json_object_get(place, "count")));
		if (ret < 0)
			return ret;
		is_new |= ret;
	}
	r->refused += i > 0;
	return is_new;
}

static int add_end(
	struct repeated *r, long run, const json_t *record, const json_t *seen)
{
	const json_t *hang = json_object_get(seen, "hang");
	bool hangs = json_is_true(json_object_get(hang, "hangs"));
	json_t *end = json_pack("{s:s, s:s, s:b, s:b}", "end",
		text_of(seen, "end"), "cause", text_of(record, "cause"),
		"hangs", hangs, "timed_out",
		json_is_true(json_object_get(seen, "timed_out")));
	int ret = end ? add(&r->ends, strdup(text_of(seen, "end")), run, end, 0)
		      : -ENOMEM;

	json_decref(end);
	r->hung += hangs;
	r->unready += json_is_false(
		json_object_get(json_object_get(seen, "driven"), "ready"));
	return ret;
}

int repeated_add(struct repeated *r, long run, const json_t *record)
{
	const json_t *seen = json_object_get(record, "filtered");
	const char *why = text_of(seen, "broken");
	int places, end;

	if (why[0] || !json_is_true(json_object_get(record, "armed"))) {
		if (!r->silent++)
			snprintf(r->why_silent, sizeof(r->why_silent), "%s",
				why[0] ? why
				       : "the moment of loading never came");
		return 0;
	}
	places = add_places(r, run, json_object_get(seen, "places"));
	end = places < 0 ? places : add_end(r, run, record, seen);
	if (end < 0)
		return end;
	r->runs++;
	r->since_new = places || end ? 0 : r->since_new + 1;
	return places || end;
}

static void free_list(struct repeat_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->items[i].key);
		json_decref(l->items[i].example);
	}
	free(l->items);
	*l = (struct repeat_list){ 0 };
}

void repeated_free(struct repeated *r)
{
	free_list(&r->places);
	free_list(&r->ends);
}
