/* SPDX-License-Identifier: MIT */
/*
 * confirm.c: does the result hold?
 *
 * The search ran with the same addresses each time. Here they differ, as they
 * will in life.
 */
#include <string.h>

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

/* One run of the result. 1: it does, 0: not yet; or -1. */
static int confirm_once(struct minimize *m, struct minimize_case *c,
	struct minimize_uses *refused)
{
	char how[160];
	int ret;

	refused->base = m->base;
	refused->n = 0;
	refused->looked = false;
	m->plan.told = minimize_note;
	m->plan.to = refused;
	ret = minimize_try_case(m, c, m->keep, how, sizeof(how));
	m->plan.told = NULL;
	if (ret)
		return ret;
	if (!take_missed(m, refused))
		return give_up(m, how);
	for (int i = 0; i < 2; i++)
		m->uses->brings[i] |= refused->brings[i];
	return minimize_add_kin(m);
}

int minimize_confirm(struct minimize *m)
{
	static struct minimize_uses refused;
	long done = 0;
	int ret = 0;

	m->plan.shuffled = true;
	/* Each time that it does not, the result has grown. */
	while (done < m->runs * (long)m->ncases && ret >= 0) {
		ret = confirm_once(
			m, &m->cases[(size_t)done % m->ncases], &refused);
		done = ret == 1 ? done + 1 : 0;
	}
	m->plan.shuffled = false;
	return ret < 0 ? ret : 0;
}
