/* SPDX-License-Identifier: MIT */
/* baseline.c: findings that are known. Pure. */
#include "lint/baseline.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sys/calls.h"
#include "sys/text.h"

static const char head[] = "# quartet lint: known findings, 1\n";

struct line {
	char *text;
	bool used;
};

struct baseline {
	size_t n, size;
	bool sorted;
	struct line *lines;
};

struct baseline *baseline_new(void)
{
	return calloc(1, sizeof(struct baseline));
}

void baseline_free(struct baseline *b)
{
	for (size_t i = 0; b && i < b->n; i++)
		free(b->lines[i].text);
	if (b)
		free(b->lines);
	free(b);
}

bool baseline_is(const char *text, size_t size)
{
	return size >= sizeof(head) - 1 &&
	       !memcmp(text, head, sizeof(head) - 1);
}

static int add(struct baseline *b, const char *text)
{
	if (b->n == b->size) {
		const size_t size = b->size ? 2 * b->size : 64;
		struct line *lines =
			reallocarray(b->lines, size, sizeof(*lines));

		if (!lines)
			return -ENOMEM;
		b->lines = lines;
		b->size = size;
	}
	b->lines[b->n] = (struct line){ .text = strdup(text) };
	if (!b->lines[b->n].text)
		return -ENOMEM;
	b->n++;
	b->sorted = false;
	return 0;
}

static int compare(const void *a, const void *b)
{
	return strcmp(
		((const struct line *)a)->text, ((const struct line *)b)->text);
}

/* Each line once. */
static void sort(struct baseline *b)
{
	size_t n = 0;

	if (b->sorted)
		return;
	if (b->n)
		qsort(b->lines, b->n, sizeof(*b->lines), compare);
	for (size_t i = 0; i < b->n; i++)
		if (n && !compare(&b->lines[n - 1], &b->lines[i]))
			free(b->lines[i].text);
		else
			b->lines[n++] = b->lines[i];
	b->n = n;
	b->sorted = true;
}

static bool is_line(const char *line)
{
	int tabs = 0;

	for (const char *s = line; *s; s++)
		tabs += *s == '\t';
	return tabs == 3;
}

int baseline_read(struct baseline *b, char *text, size_t size)
{
	char *end = text + size;
	int n = 1;

	if (!baseline_is(text, size))
		return 1;
	for (char *line = text + sizeof(head) - 1, *next; line < end;
		line = next) {
		char *stop = memchr(line, '\n', (size_t)(end - line));

		n++;
		if (!stop)
			return n;
		*stop = '\0';
		next = stop + 1;
		if (!is_line(line))
			return n;
		if (add(b, line))
			return -ENOMEM;
	}
	return 0;
}

/* Calls TAKE for each line of F; the first answer that is not 0. */
static int each(struct baseline *b, const char *file,
	const struct lint_finding *f,
	int (*take)(struct baseline *b, const char *line))
{
	char name[1024], line[2400], subjects[sizeof(f->subjects)];
	char *rest = subjects, *subject;
	int ret = 0;

	text_show(file, name, sizeof(name));
	memcpy(subjects, f->subjects, sizeof(subjects));
	do {
		subject = strsep(&rest, " ");
		snprintf(line, sizeof(line), "%s\t%s\t%s\t%s", name,
			f->rule->id, calls_arch_name(f->arch), subject);
		ret = take(b, line);
	} while (!ret && rest);
	return ret;
}

int baseline_add(
	struct baseline *b, const char *file, const struct lint_finding *f)
{
	return each(b, file, f, add);
}

static int use(struct baseline *b, const char *line)
{
	char text[2400];
	const struct line key = { .text = text };
	struct line *known;

	snprintf(text, sizeof(text), "%s", line);
	known = b->n ? bsearch(&key, b->lines, b->n, sizeof(key), compare)
		     : NULL;
	if (known)
		known->used = true;
	return !known;
}

bool baseline_has(
	struct baseline *b, const char *file, const struct lint_finding *f)
{
	sort(b);
	return !each(b, file, f, use);
}

size_t baseline_unused(const struct baseline *b, const char *file)
{
	char name[1024];
	size_t n = 0;

	text_show(file, name, sizeof(name));
	for (size_t i = 0; i < b->n; i++)
		if (!b->lines[i].used &&
			!strncmp(b->lines[i].text, name, strlen(name)) &&
			b->lines[i].text[strlen(name)] == '\t')
			n++;
	return n;
}

void baseline_write(struct baseline *b, FILE *to)
{
	sort(b);
	fputs(head, to);
	for (size_t i = 0; i < b->n; i++)
		fprintf(to, "%s\n", b->lines[i].text);
}
