/* SPDX-License-Identifier: MIT */
/* options.c: the options that several verbs take. */
#include "cmd/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "profile/profile.h"
#include "suite/kernel.h"
#include "suite/known.h"
#include "sys/failure.h"

static int push(const char **list, size_t *n, size_t max, const char *what,
	const char *value)
{
	if (*n == max) {
		failure_say("more than %zu %s", max, what);
		return -1;
	}
	list[(*n)++] = value;
	return 1;
}

static int take_shard(struct selection *sel, const char *value)
{
	char end;

	if (sscanf(value, "%u/%u%c", &sel->shard, &sel->nshards, &end) == 2 &&
		sel->shard >= 1 && sel->shard <= sel->nshards)
		return 1;
	failure_say("--shard %s: expected I/N with 1 <= I <= N", value);
	return -1;
}

int options_select(struct selection *sel, int option, const char *value)
{
	switch (option) {
	case 'x':
		return push(sel->exclude, &sel->nexclude, 64, "-x", value);
	case 'p':
		return push(sel->profiles, &sel->nprofiles, 64, "-p", value);
	case 'f':
		return push(sel->flavours, &sel->nflavours, 16, "-f", value);
	case 'k':
		sel->kernel = kernel_find(value);
		return sel->kernel ? 1 : -1;
	case 'I':
	case 't':
		return options_profile(option, value) ? -1 : 1;
	case OPTION_SHARD:
		return take_shard(sel, value);
	}
	return 0;
}

int options_profile(int option, const char *value)
{
	if (option == 't')
		profile_thread(value);
	if (option == 't' || profile_include(value))
		return 0;
	failure_say("more than 16 -I");
	return -1;
}

int options_known(const char *path)
{
	struct known k;
	int ret = known_read(&k, path);

	known_free(&k);
	known_use(path);
	return ret ? -1 : 0;
}

int options_patterns(struct selection *sel, int n, char **patterns)
{
	for (int i = 0; i < n; i++)
		if (push(sel->patterns, &sel->npatterns, 64, "patterns",
			    patterns[i]) < 0)
			return -1;
	return 0;
}

long options_number(const char *name, const char *text, long min, long max)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(text, &end, 10);
	if (!errno && end != text && !*end && value >= min && value <= max)
		return value;
	failure_say("%s %s: expected a whole number from %ld to %ld", name,
		text, min, max);
	return -1;
}
