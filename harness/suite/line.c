/* SPDX-License-Identifier: MIT */
/*
 * line.c: reads a record's line without building its values. Whatever it takes
 * is JSON as jansson takes it; whatever it is unsure of it leaves to jansson.
 */
#include "suite/line.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX  16
#define DIGITS_MAX 15 /* of a number: neither too large nor rounded */

struct scan {
	char *at, *end;
	bool escaped; /* the last string had an escape */
};

/* What stands in the line, from its first byte to the one behind. */
struct span {
	char *from, *to;
};

static const struct {
	const char *key;
	size_t at; /* in struct line */
} members[] = {
#define MEMBER(name)                                                           \
	{                                                                      \
#name, offsetof(struct line, name)                             \
	}
	MEMBER(cell),
	MEMBER(probe),
	MEMBER(profile),
	MEMBER(flavour),
	MEMBER(kernel),
	MEMBER(release),
	MEMBER(outcome),
	MEMBER(verdict),
	MEMBER(call),
	MEMBER(text),
	MEMBER(want),
	MEMBER(cells),
};

#define MEMBERS (sizeof(members) / sizeof(*members))

static const char **member_of(struct line *l, size_t i)
{
	return (const char **)((char *)l + members[i].at);
}

static void skip_blanks(struct scan *s)
{
	while (s->at < s->end && strchr(" \t\r\n", *s->at) && *s->at)
		s->at++;
}

static bool take(struct scan *s, char c)
{
	skip_blanks(s);
	if (s->at == s->end || *s->at != c)
		return false;
	s->at++;
	return true;
}

static bool take_string(struct scan *s, struct span *out)
{
	if (!take(s, '"'))
		return false;
	out->from = s->at;
	s->escaped = false;
	for (; s->at < s->end && *s->at != '"'; s->at++) {
		if ((signed char)*s->at < ' ')
			return false;
		if (*s->at != '\\')
			continue;
		s->escaped = true;
		if (++s->at == s->end || !strchr("\"\\/bfnrt", *s->at) ||
			!*s->at)
			return false;
	}
	out->to = s->at;
	return take(s, '"');
}

static size_t take_digits(struct scan *s)
{
	char *from = s->at;

	while (s->at < s->end && isdigit((unsigned char)*s->at))
		s->at++;
	return (size_t)(s->at - from);
}

static bool take_number(struct scan *s)
{
	size_t digits, more = 0;
	char first;

	if (s->at < s->end && *s->at == '-')
		s->at++;
	first = s->at < s->end ? *s->at : '\0';
	digits = take_digits(s);
	if (!digits || (first == '0' && digits > 1))
		return false;
	if (s->at < s->end && *s->at == '.') {
		s->at++;
		more = take_digits(s);
		if (!more)
			return false;
	}
	if (s->at < s->end && (*s->at == 'e' || *s->at == 'E'))
		return false;
	return digits + more <= DIGITS_MAX;
}

static bool take_word(struct scan *s, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(s->end - s->at) < n || memcmp(s->at, word, n) != 0)
		return false;
	s->at += n;
	return true;
}

static bool skip_value(struct scan *s, int depth);

static bool skip_member(struct scan *s, bool keyed, int depth)
{
	struct span key;

	if (keyed && (!take_string(s, &key) || !take(s, ':')))
		return false;
	return skip_value(s, depth);
}

static bool skip_items(struct scan *s, char close, int depth)
{
	s->at++;
	if (take(s, close))
		return true;
	do {
		if (!skip_member(s, close == '}', depth + 1))
			return false;
	} while (take(s, ','));
	return take(s, close);
}

static bool skip_value(struct scan *s, int depth)
{
	struct span string;

	skip_blanks(s);
	if (s->at == s->end || depth > DEPTH_MAX)
		return false;
	switch (*s->at) {
	case '"':
		return take_string(s, &string);
	case '{':
		return skip_items(s, '}', depth);
	case '[':
		return skip_items(s, ']', depth);
	case 't':
		return take_word(s, "true");
	case 'f':
		return take_word(s, "false");
	case 'n':
		return take_word(s, "null");
	default:
		return take_number(s);
	}
}

static bool is_key(const struct span *key, const char *name)
{
	size_t n = (size_t)(key->to - key->from);

	return strlen(name) == n && !memcmp(key->from, name, n);
}

/* One "key": value of the record. Of two with one key the last counts. */
static bool take_member(struct scan *s, struct span *found, struct span *ms)
{
	struct span key, value = { 0 };
	bool is_text;
	size_t i = 0;

	if (!take_string(s, &key) || s->escaped || !take(s, ':'))
		return false;
	while (i < MEMBERS && !is_key(&key, members[i].key))
		i++;
	skip_blanks(s);
	value.from = s->at;
	is_text = s->at < s->end && *s->at == '"';
	if (is_text ? !take_string(s, &value) : !skip_value(s, 0))
		return false;
	if (is_key(&key, "ms"))
		*ms = (struct span){ value.from, is_text ? NULL : s->at };
	if (i == MEMBERS)
		return true;
	found[i] = is_text ? value : (struct span){ 0 };
	return !is_text || !s->escaped;
}

static bool scan_object(struct scan *s, struct span *found, struct span *ms)
{
	if (!take(s, '{'))
		return false;
	if (!take(s, '}')) {
		do {
			if (!take_member(s, found, ms))
				return false;
		} while (take(s, ','));
		if (!take(s, '}'))
			return false;
	}
	skip_blanks(s);
	return s->at == s->end;
}

bool line_scan(char *text, size_t size, struct line *l)
{
	struct scan s = { .at = text, .end = text + size };
	struct span found[MEMBERS] = { 0 }, ms = { 0 };

	if (!scan_object(&s, found, &ms))
		return false;
	l->ms = ms.to ? strtod(ms.from, NULL) : 0;
	l->known = "";
	for (size_t i = 0; i < MEMBERS; i++) {
		*member_of(l, i) = found[i].from ? found[i].from : "";
		if (found[i].from)
			*found[i].to = '\0';
	}
	return true;
}

void line_from_json(const json_t *o, struct line *l)
{
	l->ms = json_number_value(json_object_get(o, "ms"));
	l->known = "";
	for (size_t i = 0; i < MEMBERS; i++) {
		const char *s =
			json_string_value(json_object_get(o, members[i].key));

		*member_of(l, i) = s ? s : "";
	}
}
