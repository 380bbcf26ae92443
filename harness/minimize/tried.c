/* SPDX-License-Identifier: MIT */
/* tried.c: what is known of sets by what was tried: no run is made twice. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "minimize/jobs.h"
#include "minimize/journal.h"
#include "minimize/search.h"
#include "minimize/trial.h"

/* Does what T showed hold for KEEP? */
static bool tells(const struct minimize_tried *t, const bool *keep, size_t n)
{
	if (t->n != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (keep[i] ? t->missed[i] != 0 : t->keep[i])
			return false;
	return true;
}

static struct minimize_tried *find_tried(
	const struct minimize *m, const bool *keep, size_t n)
{
	struct minimize_tried *t = m->tried;

	while (t && !tells(t, keep, n))
		t = t->next;
	return t;
}

struct minimize_tried *minimize_tried_new(const bool *keep, size_t n)
{
	struct minimize_tried *t =
		calloc(1, sizeof(*t) + n * (sizeof(*t->missed) + 1));

	if (!t)
		return NULL;
	t->n = n;
	t->keep = (bool *)(t->missed + n);
	memcpy(t->keep, keep, n);
	return t;
}

void minimize_tried_add(struct minimize *m, struct minimize_tried *t)
{
	t->next = m->tried;
	m->tried = t;
	minimize_journal_add(m, t);
}

static bool differ_in_one(
	const bool *less, const bool *more, size_t n, size_t *which)
{
	size_t differ = 0;

	for (size_t i = 0; i < n; i++) {
		if (less[i] == more[i])
			continue;
		if (less[i] || differ++)
			return false;
		*which = i;
	}
	return differ == 1;
}

/* What is tried, for people. */
static void say_what(struct minimize *m, const bool *keep, size_t n)
{
	const struct minimize_tried *t = m->tried;
	size_t i = 0, kept = 0;

	while (t &&
		!(t->does && t->n == n && differ_in_one(keep, t->keep, n, &i)))
		t = t->next;
	for (size_t k = 0; k < n; k++)
		kept += keep[k];
	if (t)
		snprintf(m->trying, sizeof(m->trying), "without %.60s",
			m->uses->list[i].text);
	else
		snprintf(m->trying, sizeof(m->trying), "with %zu of %zu rules",
			kept, n);
}

int minimize_try(void *with, const bool *keep, size_t n)
{
	struct minimize *m = with;
	struct minimize_tried *t = find_tried(m, keep, n);
	int ret;

	if (m->stopped)
		return -1;
	m->last = t;
	if (t)
		return t->does;
	t = minimize_tried_new(keep, n);
	if (!t)
		return minimize_fail(
			m, FAILURE_SYSTEM, m->command, strerror(ENOMEM));
	say_what(m, keep, n);
	ret = minimize_try_cases(m, t);
	if (ret < 0) {
		free(t);
		return ret;
	}
	t->does = ret;
	minimize_tried_add(m, t);
	m->last = t;
	return ret;
}

size_t minimize_suspects(void *with, size_t *list)
{
	const struct minimize *m = with;
	const struct minimize_tried *t = m->last;
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++) {
		size_t at = n;

		if (!t->missed[i] || t->keep[i])
			continue;
		for (; at && t->missed[list[at - 1]] < t->missed[i]; at--)
			list[at] = list[at - 1];
		list[at] = i;
		n++;
	}
	return n;
}

const char *minimize_without(const struct minimize *m, size_t i)
{
	const struct minimize_tried *t;

	if (i >= m->nsearched || !m->found[i])
		return NULL;
	m->found[i] = false;
	t = find_tried(m, m->found, m->nsearched);
	m->found[i] = true;
	return t && !t->does ? t->how : NULL;
}

/* What came of one of the sets that were tried at the same time. */
struct result {
	int ret;
	char how[sizeof(((struct minimize_tried *)0)->how)];
	uint32_t missed[MINIMIZE_USES];
};

struct ahead {
	struct minimize_tried *sets[MINIMIZE_JOBS];
	struct result *results;
};

static void try_one(struct minimize *m, size_t i, void *with)
{
	struct ahead *a = with;
	struct minimize_tried *t = a->sets[i];

	a->results[i].ret = minimize_try_cases(m, t);
	memcpy(a->results[i].how, t->how, sizeof(t->how));
	memcpy(a->results[i].missed, t->missed, t->n * sizeof(*t->missed));
}

/* Who told nothing is tried again when he is asked for. */
static void take_results(struct minimize *m, struct ahead *a, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct minimize_tried *t = a->sets[i];
		const struct result *r = &a->results[i];

		if (r->ret < 0) {
			free(t);
			continue;
		}
		t->does = r->ret;
		memcpy(t->how, r->how, sizeof(t->how));
		memcpy(t->missed, r->missed, t->n * sizeof(*t->missed));
		minimize_tried_add(m, t);
	}
}

/* As many of the LIST as there are jobs, and nothing is known of. */
static size_t choose(struct minimize *m, struct ahead *a, bool *keep, size_t n,
	const size_t *list, size_t nlist)
{
	size_t chosen = 0;

	for (size_t k = 0; k < nlist && chosen < (size_t)m->jobs; k++) {
		keep[list[k]] = false;
		if (!find_tried(m, keep, n))
			a->sets[chosen] = minimize_tried_new(keep, n);
		else if (k == 0)
			return 0;
		else
			a->sets[chosen] = NULL;
		chosen += a->sets[chosen] != NULL;
		keep[list[k]] = true;
	}
	return chosen;
}

void minimize_try_ahead(void *with, const bool *keep, size_t n,
	const size_t *list, size_t nlist)
{
	struct minimize *m = with;
	static bool without[MINIMIZE_USES];
	struct ahead a;
	size_t chosen;

	m->left = (long)(nlist * m->ncases) + m->runs * (long)m->ncases;
	if (m->jobs < 2 || m->stopped)
		return;
	memcpy(without, keep, n);
	chosen = choose(m, &a, without, n, list, nlist);
	a.results =
		chosen ? minimize_jobs_room(chosen * sizeof(*a.results)) : NULL;
	for (size_t i = 0; !a.results && i < chosen; i++)
		free(a.sets[i]);
	if (!a.results)
		return;
	for (size_t i = 0; i < chosen; i++)
		a.results[i].ret = -1;
	say_what(m, a.sets[0]->keep, n);
	minimize_jobs(m, chosen, try_one, &a);
	take_results(m, &a, chosen);
	minimize_jobs_free(a.results, chosen * sizeof(*a.results));
}
