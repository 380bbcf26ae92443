/* SPDX-License-Identifier: MIT */
/*
 * declare.c: reads the declarations. The file is our own build's product, yet
 * a stale or cut one must be told from a good one.
 */
#include "suite/declare.h"
#include "sys/failure.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *get_string(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? strdup(s) : NULL;
}

static int get_int(const json_t *o, const char *key)
{
	return (int)json_integer_value(json_object_get(o, key));
}

static struct expect read_row(const json_t *o)
{
	struct expect e = {
		.outcome = (enum outcome)get_int(o, "outcome"),
		.num = get_int(o, "num"),
		.call = get_string(o, "call"),
		.under = get_string(o, "under"),
		.flavour = get_string(o, "flavour"),
		.libc = (unsigned)get_int(o, "libc"),
		.kernel = (unsigned)get_int(o, "kernel"),
		.has = get_string(o, "has"),
		.why = get_string(o, "why"),
		.or = get_int(o, "or") != 0,
	};

	return e;
}

static int read_declaration(const json_t *o, struct declaration *d)
{
	const json_t *rows = json_object_get(o, "expect"), *row;
	const json_t *seen = json_object_get(o, "seen"), *url;
	struct probe *p = &d->probe;
	size_t i;

	d->name = get_string(o, "probe");
	p->about = get_string(o, "about");
	p->under = get_string(o, "under");
	p->flavours = get_string(o, "flavours");
	p->has = get_string(o, "has");
	p->stdin_text = get_string(o, "stdin");
	p->exits_set = json_object_get(o, "exits") != NULL;
	p->exits = get_int(o, "exits");
	p->dies_of = get_int(o, "dies_of");
	p->repeat = get_int(o, "repeat");
	p->untraced = get_int(o, "untraced") != 0;
	d->raw = get_int(o, "raw") != 0;
	d->unbuilt = json_is_true(json_object_get(o, "unbuilt"));
	if (d->unbuilt) {
		p->about = "does not build";
		p->under = "";
	}
	p->no_stdin = get_int(o, "no_stdin") != 0;
	json_array_foreach(rows, i, row)
	{
		if (i < PROBE_EXPECT_MAX)
			p->expect[d->nexpect++] = read_row(row);
	}
	json_array_foreach(seen, i, url)
	{
		if (i < PROBE_SEEN_MAX)
			p->seen[i] = strdup(json_string_value(url));
	}
	return d->name && p->about && p->under ? 0 : -EINVAL;
}

static int by_name(const void *a, const void *b)
{
	const struct declaration *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int read_line(
	const char *path, size_t n, const char *line, struct declaration **all)
{
	json_error_t error;
	json_t *o = json_loads(line, 0, &error);
	struct declaration *more;
	int ret;

	more = realloc(*all, (n + 1) * sizeof(*more));
	if (!more)
		return -ENOMEM;
	*all = more;
	memset(&more[n], 0, sizeof(*more));
	ret = o ? read_declaration(o, &more[n]) : -EINVAL;
	json_decref(o);
	if (ret)
		failure_say("%s:%zu: %s", path, n + 1,
			o ? "a declaration needs probe, about and under"
			  : error.text);
	return ret;
}

int declare_load(const char *path, struct declaration **out, size_t *n)
{
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;
	int ret = 0;

	*out = NULL;
	*n = 0;
	if (!f) {
		ret = -errno;
		failure_say("%s: %s (are the probes built? run make)", path,
			strerror(errno));
		return ret;
	}
	while (!ret && getline(&line, &size, f) > 0) {
		ret = read_line(path, *n, line, out);
		*n += !ret;
	}
	free(line);
	fclose(f);
	if (!ret && *n)
		qsort(*out, *n, sizeof(**out), by_name);
	return ret;
}
