/* SPDX-License-Identifier: MIT */
/* unit.c: the lines of a systemd unit. */
#include "profile/unit.h"

#include <ctype.h>
#include <string.h>

#define LINE 8192 /* bytes of a line, with those that continue it */

bool unit_is(const char *text, size_t size)
{
	size_t i = 0;

	while (i < size && (isspace((unsigned char)text[i]) || text[i] == '#' ||
				   text[i] == ';'))
		if (isspace((unsigned char)text[i]))
			i++;
		else
			while (i < size && text[i] != '\n')
				i++;
	if (i == size || text[i++] != '[')
		return false;
	if (i == size || !isalpha((unsigned char)text[i]))
		return false;
	while (i < size && (isalpha((unsigned char)text[i]) || text[i] == '-'))
		i++;
	return i < size && text[i] == ']';
}

static char *trim(char *s)
{
	char *end;

	while (isspace((unsigned char)*s))
		s++;
	end = s + strlen(s);
	while (end > s && isspace((unsigned char)end[-1]))
		*--end = '\0';
	return s;
}

struct lines {
	int (*take)(void *to, int line, const char *key, char *value);
	void *to;
	char line[LINE];
	size_t n; /* bytes of it */
	int first;
	const char **why;
};

static int take_line(struct lines *l)
{
	char *s, *equals;

	l->line[l->n] = '\0';
	l->n = 0;
	s = trim(l->line);
	if (!*s || *s == '#' || *s == ';' || *s == '[')
		return 0;
	equals = strchr(s, '=');
	if (!equals) {
		*l->why = "expected SETTING=VALUE";
		return -1;
	}
	*equals = '\0';
	return l->take(l->to, l->first, trim(s), trim(equals + 1));
}

/* The N bytes at TEXT are a line of the file. A backslash at its end is a
 * blank, and the next line goes on; comments between those are none of them. */
static int add_line(struct lines *l, const char *text, size_t n, int at)
{
	bool comment = n && (text[0] == '#' || text[0] == ';');

	if (!l->n)
		l->first = at;
	if (comment)
		return 0;
	if (l->n + n >= LINE || memchr(text, '\0', n)) {
		*l->why = "expected a line of text, of less than 8192 bytes";
		return -1;
	}
	memcpy(l->line + l->n, text, n);
	l->n += n;
	if (n && text[n - 1] == '\\') {
		l->line[l->n - 1] = ' ';
		return 0;
	}
	return take_line(l);
}

int unit_read(const char *text, size_t size,
	int (*take)(void *to, int line, const char *key, char *value), void *to,
	int *line, const char **why)
{
	struct lines l = { .take = take, .to = to, .why = why };
	int ret = 0;

	for (size_t i = 0; i < size && !ret; ++*line) {
		const char *end = memchr(text + i, '\n', size - i);
		size_t n = end ? (size_t)(end - text) - i : size - i;

		ret = add_line(&l, text + i, n, *line + 1);
		i += n + 1;
	}
	return l.n && !ret ? take_line(&l) : ret;
}
