/* SPDX-License-Identifier: MIT */
/* jsonpos.c: where a value stands in a JSON text that a parser took. */
#include "jsonpos.h"

#include <string.h>

struct scan {
	const char *p, *end;
};

static void skip_blanks(struct scan *s)
{
	while (s->p < s->end && strchr(" \t\r\n", *s->p) && *s->p)
		s->p++;
}

static void skip_string(struct scan *s)
{
	for (s->p++; s->p < s->end && *s->p != '"'; s->p++)
		if (*s->p == '\\')
			s->p++;
	s->p++;
}

/* Over one value: brackets are counted, strings skipped whole. */
static void skip_value(struct scan *s)
{
	int depth = 0;

	for (; s->p < s->end; s->p++) {
		if (*s->p == '"') {
			skip_string(s);
			if (!depth)
				return;
			s->p--;
			continue;
		}
		if (*s->p == '{' || *s->p == '[')
			depth++;
		if (*s->p == '}' || *s->p == ']') {
			if (!depth)
				return;
			if (!--depth) {
				s->p++;
				return;
			}
		}
		if (!depth && *s->p == ',')
			return;
	}
}

/* Keys with escapes are compared as they are written: ours have none. */
static int key_is(const struct scan *s, const char *key)
{
	size_t n = strlen(key);

	return (size_t)(s->end - s->p) > n + 1 && !memcmp(s->p + 1, key, n) &&
	       s->p[n + 1] == '"';
}

/* From the bracket to the member or element; *KEY gets the key's place. */
static int enter(
	struct scan *s, const struct jsonpos_step *step, const char **key)
{
	size_t i = 0;

	for (s->p++; s->p < s->end; i++) {
		int hit = !step->key && i == step->index;

		skip_blanks(s);
		if (s->p >= s->end || *s->p == '}' || *s->p == ']')
			return 0;
		*key = s->p;
		if (step->key) {
			hit = key_is(s, step->key);
			skip_string(s);
			skip_blanks(s);
			s->p++;
			skip_blanks(s);
		}
		if (hit)
			return 1;
		skip_value(s);
		skip_blanks(s);
		if (s->p < s->end && *s->p == ',')
			s->p++;
	}
	return 0;
}

void jsonpos_find(const char *text, size_t size,
	const struct jsonpos_step *path, size_t npath, int on_key, int *line,
	int *column)
{
	struct scan s = { text, text + size };
	const char *at, *key, *from = text;

	skip_blanks(&s);
	at = key = s.p;
	for (size_t i = 0; i < npath; i++) {
		const char *k = key;

		if (!enter(&s, &path[i], &k))
			break;
		key = k;
		at = s.p;
	}
	if (on_key)
		at = key;
	*line = 1;
	for (const char *p = text; p < at && p < text + size; p++)
		if (*p == '\n') {
			++*line;
			from = p + 1;
		}
	*column = (int)(at - from) + 1;
}
