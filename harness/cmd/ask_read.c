/* SPDX-License-Identifier: MIT */
/* ask_read.c: calls as people and strace(1) write them. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "cmd/asking.h"
#include "sys/calls.h"

/* What the call is given where its argument has 32 bits and the value is
 * negative: compilers fill half of the register. */
static uint64_t as_passed(
	const struct question *q, unsigned arg, const char *word, uint64_t v)
{
	const bool negative = v >> 31 == UINT64_MAX >> 31;
	const bool in_hex = word[0] == '0' && (word[1] | 32) == 'x';

	return negative && !in_hex && calls_cuts(q->name, arg) ? (uint32_t)v
							       : v;
}

int question_add(
	struct question *q, const char *word, struct profile_error *why)
{
	uint64_t value = 0;
	const bool any = !strcmp(word, "*");

	if (q->n == PROFILE_ARGS) {
		snprintf(why->text, sizeof(why->text),
			"%s: more than 6 arguments", q->name);
		return -1;
	}
	if (!any && !ask_value(word, &value, why))
		return -1;
	snprintf(q->words[q->n], QUESTION_WORD, "%s", word);
	q->known[q->n] = !any;
	q->args[q->n] = as_passed(q, q->n, word, value);
	q->n++;
	return 0;
}

/* Blanks go from both ends of TEXT, which is changed. */
static char *trim(char *text)
{
	size_t n;

	while (isspace((unsigned char)*text))
		text++;
	n = strlen(text);
	while (n && isspace((unsigned char)text[n - 1]))
		n--;
	text[n] = '\0';
	return text;
}

/* The end of an argument in what strace prints: a comma or the last bracket
 * outside of brackets and strings. */
static char *end_of_argument(char *s)
{
	unsigned depth = 0;

	for (; *s; s++) {
		if (*s == '"') {
			for (s++; *s && *s != '"'; s++)
				if (*s == '\\' && s[1])
					s++;
			if (!*s)
				break;
		} else if (strchr("([{", *s)) {
			depth++;
		} else if (strchr(")]}", *s)) {
			if (!depth)
				break;
			depth--;
		} else if (*s == ',' && !depth) {
			break;
		}
	}
	return s;
}

/* Clone's, which strace prints by name and in another order. */
static unsigned place_of(const struct question *q, const char *key, size_t n)
{
	static const struct {
		const char *key;
		unsigned arg;
	} of_clone[] = {
		{ "flags", 0 },
		{ "child_stack", 1 },
		{ "stack", 1 },
		{ "parent_tid", 2 },
		{ "parent_tidptr", 2 },
		{ "child_tid", 3 },
		{ "child_tidptr", 3 },
		{ "tls", 4 },
	};

	for (size_t i = 0; i < sizeof(of_clone) / sizeof(*of_clone); i++)
		if (!strcmp(q->name, "clone") && strlen(of_clone[i].key) == n &&
			!strncmp(of_clone[i].key, key, n))
			return of_clone[i].arg;
	return q->n;
}

/* "3</etc/passwd>", a comment, "NULL", "SNDCTL_TMR_TIMEBASE or TCGETS". */
static void tidy(char *word)
{
	char *end = strstr(word, "/*");
	char *path = strchr(word, '<');
	char * or = strstr(word, " or ");

	if (path && path > word && path[-1] != '<')
		*path = '\0';
	if (end)
		*end = '\0';
	if (or)
		memmove(word, or +4, strlen(or +4) + 1);
	memmove(word, trim(word), strlen(trim(word)) + 1);
	if (!strcmp(word, "NULL"))
		strcpy(word, "0");
}

static void set_any(struct question *q, unsigned arg)
{
	while (q->n <= arg) {
		strcpy(q->words[q->n], "*");
		q->known[q->n++] = false;
	}
}

static void add_printed(struct question *q, char *text)
{
	struct profile_error err;
	const size_t key = strspn(text, "abcdefghijklmnopqrstuvwxyz_");
	unsigned arg = q->n;
	uint64_t value;

	if (key && text[key] == '=') {
		arg = place_of(q, text, key);
		text += key + 1;
	}
	if (arg >= PROFILE_ARGS)
		return;
	set_any(q, arg);
	tidy(text);
	if (!*text || strlen(text) >= QUESTION_WORD ||
		!ask_value(text, &value, &err))
		return;
	strcpy(q->words[arg], text);
	q->known[arg] = true;
	q->args[arg] = as_passed(q, arg, text, value);
}

/* The name before the first bracket, when what is before it is a PID, a time,
 * or nothing. NULL: it is no line of strace's. */
static const char *printed_name(const char *line, size_t *n)
{
	const char *open = strchr(line, '('), *s = open;

	if (!open)
		return NULL;
	while (s > line && (isalnum((unsigned char)s[-1]) || s[-1] == '_'))
		s--;
	*n = (size_t)(open - s);
	if (!*n || (s > line && !isspace((unsigned char)s[-1])) ||
		strspn(line, "0123456789.:[]pid \t") < (size_t)(s - line))
		return NULL;
	return s;
}

static int read_printed(struct question *q, const char *name, size_t n)
{
	char text[4096], *s, *end;

	if (n >= sizeof(q->name))
		return 0;
	memcpy(q->name, name, n);
	q->name[n] = '\0';
	snprintf(text, sizeof(text), "%s", name + n + 1);
	for (s = text; *s; s = end + 1) {
		char last;

		end = end_of_argument(s);
		last = *end;
		*end = '\0';
		s = trim(s);
		if (!strncmp(s, "<unfinished", 11))
			break;
		if (*s)
			add_printed(q, s);
		if (last != ',')
			break;
	}
	return 1;
}

static bool is_other(const char *line)
{
	return strstr(line, "+++ ") || strstr(line, "--- ") ||
	       strstr(line, "<... ") || !strncmp(line, "strace: ", 8);
}

int question_read(
	struct question *q, const char *line, struct profile_error *why)
{
	char text[4096], *word, *save = NULL;
	const char *name;
	size_t n;

	memset(q, 0, sizeof(*q));
	if (is_other(line))
		return 0;
	name = printed_name(line, &n);
	if (name)
		return read_printed(q, name, n);
	snprintf(text, sizeof(text), "%.*s", (int)strcspn(line, "#"), line);
	word = strtok_r(text, " \t\r\n", &save);
	if (!word)
		return 0;
	snprintf(q->name, sizeof(q->name), "%s", word);
	while ((word = strtok_r(NULL, " \t\r\n", &save)) != NULL)
		if (question_add(q, word, why))
			return -1;
	return 1;
}
