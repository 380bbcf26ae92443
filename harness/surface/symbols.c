/* SPDX-License-Identifier: MIT */
/* symbols.c: the kernel's functions by their addresses. Pure. */
#include "surface/symbols.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int add(struct symbols *s, uint64_t at, const char *name)
{
	if (!(s->n & (s->n + 1)) || !s->list) {
		void *more =
			reallocarray(s->list, 2 * s->n + 2, sizeof(*s->list));

		if (!more)
			return -ENOMEM;
		s->list = more;
	}
	s->list[s->n].at = at;
	s->list[s->n].name = strdup(name);
	return s->list[s->n++].name ? 0 : -ENOMEM;
}

static int by_address(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

/* Of several names the kernel itself tells the first. glibc's qsort is a merge
 * sort that keeps their order; where it has no memory for that, it is one of
 * the others. */
static void unite(struct symbols *s)
{
	size_t n = 0;

	qsort(s->list, s->n, sizeof(*s->list), by_address);
	for (size_t i = 0; i < s->n; i++)
		if (n && s->list[n - 1].at == s->list[i].at)
			free(s->list[i].name);
		else
			s->list[n++] = s->list[i];
	s->n = n;
}

int symbols_read(struct symbols *s, FILE *from)
{
	char line[512], name[256], type;
	unsigned long long at;
	int err = 0;

	*s = (struct symbols){ 0 };
	while (!err && fgets(line, sizeof(line), from))
		if (sscanf(line, "%llx %c %255s", &at, &type, name) == 3 &&
			strchr("tTwW", type) && at)
			err = add(s, at, name);
	if (!err && ferror(from))
		err = -EIO;
	if (!err && !s->n)
		err = -EPERM;
	if (err)
		symbols_free(s);
	else
		unite(s);
	return err;
}

void symbols_free(struct symbols *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->list[i].name);
	free(s->list);
	*s = (struct symbols){ 0 };
}

int symbols_at(const struct symbols *s, uint64_t address)
{
	size_t low = 0, high = s->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->list[middle].at <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return (int)low - 1;
}
