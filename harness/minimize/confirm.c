/* SPDX-License-Identifier: MIT */
/*
 * confirm.c: does the result hold?
 *
 * The search ran with the same addresses each time. Here they differ, as they
 * will in life.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "minimize/jobs.h"
#include "minimize/kin.h"
#include "minimize/trial.h"

/* Its argument is another each time: a rule for each value would not end. */
static void widen(struct minimize *m, const struct minimize_use *u)
{
	struct minimize_uses *uses = m->uses;
	struct minimize_use *any = &uses->list[uses->n];

	*any = *u;
	any->arg = -1;
	for (size_t i = 0; i < uses->n; i++)
		if (uses->list[i].nr == u->nr && uses->list[i].arch == u->arch)
			m->keep[i] = false;
	m->keep[uses->n++] = true;
}

/* True when U was not in the result, and now is. */
static bool take_in(struct minimize *m, const struct minimize_use *u)
{
	struct minimize_uses *uses = m->uses;
	struct minimize_use *known = minimize_find(uses, u);

	if (known && m->keep[known - uses->list])
		return false;
	if (known) {
		m->keep[known - uses->list] = true;
	} else if (uses->n == MINIMIZE_USES) {
		return false;
	} else if (minimize_varies(uses, u)) {
		widen(m, u);
	} else {
		uses->list[uses->n] = *u;
		m->keep[uses->n++] = true;
	}
	return true;
}

/* A refusal that kills is missed; of those that fail the one that was met last
 * is the best guess, and the next run tells. */
static bool take_missed(struct minimize *m, const struct minimize_uses *refused)
{
	bool took = false;

	for (size_t i = refused->n; i--;) {
		if (!take_in(m, &refused->list[i]))
			continue;
		took = true;
		m->nvaried++;
		if (!minimize_kills(m))
			break;
	}
	return took;
}

static int give_up(struct minimize *m, const char *how)
{
	if (m->uses->n == MINIMIZE_USES)
		return minimize_fail(m, FAILURE_EVIDENCE, m->command,
			"too many different calls");
	return failure_set(&m->failure, FAILURE_EVIDENCE,
		"%s: with all that it was seen to need, %s, though nothing "
		"more\nwas refused: it is not the same each time; %s",
		m->command, how, minimize_advice(m));
}

/* What one run of the result showed, in room that jobs share. */
struct shown {
	int ret; /* 1: it does, 0: not yet; -1: nothing */
	char how[160];
	struct minimize_uses refused;
};

static void confirm_run(
	struct minimize *m, struct minimize_case *c, struct shown *shown)
{
	shown->refused.base = m->uses->base;
	shown->refused.whole = m->uses->whole;
	m->plan.told = minimize_note;
	m->plan.to = &shown->refused;
	shown->ret = minimize_try_case(
		m, c, m->keep, shown->how, sizeof(shown->how));
	m->plan.told = NULL;
}

/* 1: it does, 0: not yet, but the result has grown; or -1 and m->failure
 * tells. */
static int take_shown(struct minimize *m, const struct shown *shown)
{
	if (shown->ret)
		return shown->ret;
	if (!take_missed(m, &shown->refused))
		return give_up(m, shown->how);
	for (int i = 0; i < 2; i++)
		m->uses->brings[i] |= shown->refused.brings[i];
	return minimize_add_kin(m);
}

struct confirm {
	long done; /* runs that did, the last ones */
	size_t n;  /* that are made at the same time */
	struct shown *shown;
};

static void confirm_one(struct minimize *m, size_t i, void *with)
{
	const struct confirm *c = with;
	size_t which = ((size_t)c->done + i) % m->ncases;

	confirm_run(m, &m->cases[which], &c->shown[i]);
}

/* As many runs as there are jobs, and are left. */
static int confirm_some(struct minimize *m, struct confirm *c)
{
	long left = m->runs * (long)m->ncases - c->done;
	int ret = 1;

	c->n = (size_t)(left < m->jobs ? left : m->jobs);
	memset(c->shown, 0, c->n * sizeof(*c->shown));
	for (size_t i = 0; i < c->n; i++)
		c->shown[i].ret = -1;
	if (c->n > 1)
		minimize_jobs(m, c->n, confirm_one, c);
	/* Who could not be started leaves its run to us, and so does who met
	 * what stands in the way, for us to tell. */
	for (size_t i = 0; i < c->n && ret == 1; i++) {
		if (c->shown[i].ret < 0 && !m->stopped) {
			memset(&c->shown[i], 0, sizeof(c->shown[i]));
			confirm_one(m, i, c);
		}
		ret = take_shown(m, &c->shown[i]);
	}
	return ret;
}

int minimize_confirm(struct minimize *m)
{
	size_t size = (size_t)m->jobs * sizeof(struct shown);
	struct confirm c = { .shown = minimize_jobs_room(size) };
	int ret = 0;

	if (!c.shown)
		return minimize_fail(
			m, FAILURE_SYSTEM, m->command, strerror(ENOMEM));
	m->plan.shuffled = true;
	snprintf(m->trying, sizeof(m->trying), "does the result hold");
	/* Each time that it does not, the result has grown. */
	while (c.done < m->runs * (long)m->ncases && ret >= 0) {
		m->left = m->runs * (long)m->ncases - c.done;
		ret = confirm_some(m, &c);
		c.done = ret == 1 ? c.done + (long)c.n : 0;
	}
	m->plan.shuffled = false;
	minimize_jobs_free(c.shown, size);
	return ret < 0 ? ret : 0;
}
