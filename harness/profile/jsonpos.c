/* SPDX-License-Identifier: MIT */
/* jsonpos.c: where a value stands in a JSON text that a parser took. */
#include "profile/jsonpos.h"

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

/* From the bracket to the member or element; *KEY gets the key's place. S is at
 * element FROM already, unless that is 0. */
static int enter(struct scan *s, const struct jsonpos_step *step, size_t from,
	const char **key)
{
	size_t i = from;

	for (s->p += !from; s->p < s->end; i++) {
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

/* The same from what M knows of step K: the member itself, or an element. */
static int enter_from(struct scan *s, const struct jsonpos_step *step, size_t k,
	struct jsonpos_memory *m, const char **key)
{
	const char *in = s->p;
	size_t from = 0;

	if (m->steps[k].in == in && step->key) {
		struct scan known = { m->steps[k].key, s->end };

		if (*known.p == '"' && key_is(&known, step->key)) {
			*key = known.p;
			s->p = m->steps[k].at;
			return 1;
		}
	} else if (m->steps[k].in == in && m->steps[k].index <= step->index) {
		from = m->steps[k].index;
		s->p = from ? m->steps[k].at : in;
	}
	if (!enter(s, step, from, key))
		return 0;
	m->steps[k].in = in;
	m->steps[k].key = *key;
	m->steps[k].at = s->p;
	m->steps[k].index = step->index;
	return 1;
}

static void count_lines(const char *text, const char *end, const char *at,
	struct jsonpos_memory *m, int *line, int *column)
{
	if (!m->last || m->last > at) {
		m->last = m->line_at = text;
		m->line = 1;
	}
	for (; m->last < at && m->last < end; m->last++)
		if (*m->last == '\n') {
			m->line++;
			m->line_at = m->last + 1;
		}
	*line = m->line;
	*column = (int)(at - m->line_at) + 1;
}

void jsonpos_find(const char *text, size_t size,
	const struct jsonpos_step *path, size_t npath, int on_key,
	struct jsonpos_memory *memory, int *line, int *column)
{
	struct jsonpos_memory none = { 0 };
	struct jsonpos_memory *m = memory ? memory : &none;
	struct scan s = { text, text + size };
	const char *at, *key;

	skip_blanks(&s);
	at = key = s.p;
	for (size_t i = 0; i < npath && i < JSONPOS_DEPTH; i++) {
		const char *k = key;

		if (!enter_from(&s, &path[i], i, m, &k))
			break;
		key = k;
		at = s.p;
	}
	count_lines(text, s.end, on_key ? key : at, m, line, column);
}
