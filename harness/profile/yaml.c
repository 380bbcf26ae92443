/* SPDX-License-Identifier: MIT */
/* yaml.c: YAML as JSON, by libyaml. */
#include "profile/yaml.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#define DEPTH 16

struct level {
	bool object;
	size_t n; /* keys and values, or elements, so far */
};

struct writer {
	const char *where;
	struct profile_error *err;
	FILE *to;
	size_t line, column; /* of the output */
	unsigned depth;
	struct level levels[DEPTH];
};

static int fail(struct writer *w, const yaml_mark_t *at, const char *why)
{
	snprintf(w->err->text, sizeof(w->err->text), "%s:%zu:%zu: %s", w->where,
		at->line + 1, at->column + 1, why);
	return -1;
}

static void put(struct writer *w, char c)
{
	fputc(c, w->to);
	w->column++;
	if (c == '\n') {
		w->line++;
		w->column = 0;
	}
}

static void put_text(struct writer *w, const char *text)
{
	while (*text)
		put(w, *text++);
}

static void put_string(struct writer *w, const yaml_event_t *e)
{
	char code[8];

	put(w, '"');
	for (size_t i = 0; i < e->data.scalar.length; i++) {
		const unsigned char c = e->data.scalar.value[i];

		if (c == '"' || c == '\\' || c < ' ' || c == 0x7f) {
			snprintf(code, sizeof(code), "\\u%04x", c);
			put_text(w, code);
		} else {
			put(w, (char)c);
		}
	}
	put(w, '"');
}

static bool is_one_of(const char *text, const char *const *list)
{
	while (*list && strcmp(*list, text) != 0)
		list++;
	return *list != NULL;
}

/* A whole number of YAML 1.1, as JSON has it. */
static bool put_number(struct writer *w, const char *text)
{
	const char *digits = text + (*text == '-' || *text == '+');
	const bool hex = digits[0] == '0' && digits[1] == 'x' && digits[2];
	char number[32], *end;
	unsigned long long value;

	if (!isdigit((unsigned char)*digits) || strlen(text) > 24)
		return false;
	if (!hex && strspn(digits, "0123456789") != strlen(digits))
		return false;
	if (*digits != '0' || !digits[1]) {
		put_text(w, *text == '+' ? digits : text);
		return true;
	}
	value = strtoull(digits, &end, 0);
	if (*end)
		return false;
	snprintf(number, sizeof(number), "%s%llu", *text == '-' ? "-" : "",
		value);
	put_text(w, number);
	return true;
}

static void put_scalar(struct writer *w, const yaml_event_t *e, bool key)
{
	static const char *const nulls[] = { "", "~", "null", "Null", "NULL",
		NULL };
	static const char *const trues[] = { "true", "True", "TRUE", NULL };
	static const char *const falses[] = { "false", "False", "FALSE", NULL };
	const char *text = (const char *)e->data.scalar.value;

	if (key || e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
		put_string(w, e);
	else if (is_one_of(text, nulls))
		put_text(w, "null");
	else if (is_one_of(text, trues))
		put_text(w, "true");
	else if (is_one_of(text, falses))
		put_text(w, "false");
	else if (!put_number(w, text))
		put_string(w, e);
}

/* What stands before a value, and the way to its place. True: it is a key. */
static bool begin_value(struct writer *w, const yaml_mark_t *at)
{
	struct level *l = w->depth ? &w->levels[w->depth - 1] : NULL;
	bool key = l && l->object && l->n % 2 == 0;

	if (l && l->n)
		put(w, l->object && !key ? ':' : ',');
	if (l)
		l->n++;
	while (w->line < at->line)
		put(w, '\n');
	while (w->column < at->column)
		put(w, ' ');
	return key;
}

static int open_level(struct writer *w, const yaml_event_t *e, bool object)
{
	if (begin_value(w, &e->start_mark))
		return fail(w, &e->start_mark, "a key is a scalar");
	if (w->depth == DEPTH)
		return fail(w, &e->start_mark, "nested too deep");
	w->levels[w->depth++] = (struct level){ .object = object };
	put(w, object ? '{' : '[');
	return 0;
}

static int take(struct writer *w, const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_SCALAR_EVENT:
		if (e->data.scalar.anchor || e->data.scalar.tag)
			break;
		put_scalar(w, e, begin_value(w, &e->start_mark));
		return 0;
	case YAML_SEQUENCE_START_EVENT:
		if (e->data.sequence_start.anchor || e->data.sequence_start.tag)
			break;
		return open_level(w, e, false);
	case YAML_MAPPING_START_EVENT:
		if (e->data.mapping_start.anchor || e->data.mapping_start.tag)
			break;
		return open_level(w, e, true);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		w->depth--;
		put(w, e->type == YAML_MAPPING_END_EVENT ? '}' : ']');
		return 0;
	case YAML_ALIAS_EVENT:
		break;
	default:
		return 0;
	}
	return fail(
		w, &e->start_mark, "anchors, aliases and tags are not read");
}

static int take_all(struct writer *w, yaml_parser_t *parser)
{
	unsigned documents = 0;
	yaml_event_t e;
	int ret = 0;
	bool ended;

	do {
		if (!yaml_parser_parse(parser, &e))
			return fail(w, &parser->problem_mark,
				parser->problem ? parser->problem : "no YAML");
		ended = e.type == YAML_STREAM_END_EVENT;
		if (e.type == YAML_DOCUMENT_START_EVENT && documents++)
			ret = fail(w, &e.start_mark,
				"more than one document: a profile is one");
		else
			ret = take(w, &e);
		yaml_event_delete(&e);
	} while (!ret && !ended);
	return ret;
}

char *yaml_to_json(const char *where, const char *text, size_t size,
	size_t *length, struct profile_error *err)
{
	struct writer w = { .where = where, .err = err };
	yaml_parser_t parser;
	char *json = NULL;
	int ret = -1;

	snprintf(err->text, sizeof(err->text), "%s: out of memory", where);
	if (!yaml_parser_initialize(&parser))
		return NULL;
	yaml_parser_set_input_string(
		&parser, (const unsigned char *)text, size);
	w.to = open_memstream(&json, length);
	if (w.to) {
		ret = take_all(&w, &parser);
		fclose(w.to);
	}
	yaml_parser_delete(&parser);
	if (!ret)
		return json;
	free(json);
	return NULL;
}

bool yaml_is(const char *text, size_t size)
{
	static const char *const words[] = {
		"apiVersion:", "kind:", "metadata:", "---"
	};
	const char *end = text + size;

	while (text < end && (*text == '#' || isspace((unsigned char)*text))) {
		const char *eol = memchr(text, '\n', (size_t)(end - text));

		if (*text == '#')
			text = eol ? eol + 1 : end;
		else
			text++;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if ((size_t)(end - text) > strlen(words[i]) &&
			!memcmp(text, words[i], strlen(words[i])))
			return true;
	return false;
}
