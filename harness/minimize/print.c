/* SPDX-License-Identifier: MIT */
/* print.c: what a command needs, and how that is known. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain/filter.h"
#include "minimize/trial.h"
#include "sys/text.h"

static bool kept_before(const struct minimize *m, size_t i)
{
	const struct minimize_use *u = &m->uses->list[i];

	for (size_t k = 0; k < i; k++)
		if (m->keep[k] && m->uses->list[k].nr == u->nr &&
			m->uses->list[k].arch == u->arch)
			return true;
	return false;
}

static size_t count_calls(const struct minimize *m, bool kept)
{
	size_t n = 0;

	for (size_t i = 0; i < m->uses->n; i++) {
		const struct minimize_use *u = &m->uses->list[i];
		size_t k = 0;

		while (m->uses->list[k].nr != u->nr ||
			m->uses->list[k].arch != u->arch)
			k++;
		n += kept ? m->keep[i] && u->again && !kept_before(m, i)
			  : u->count && k == i;
	}
	return n;
}

static void print_use(FILE *to, const struct minimize *m, size_t i)
{
	const struct minimize_use *u = &m->uses->list[i];
	const char *how = minimize_without(m, i);

	if (u->count)
		fprintf(to, "    %6lu  %s\n", u->count, u->text);
	else
		fprintf(to, "         -  %s\n", u->text);
	if (u->need[0])
		fprintf(to, "            for %s\n", u->need);
	if (u->by[0])
		fprintf(to, "            by %s\n", u->by);
	if (u->kin)
		fprintf(to, "            %s, but %s\n",
			u->count ? "it did without" : "not seen", u->kin);
	else if (!u->again)
		fprintf(to, "            made in the first run alone\n");
	else if (how)
		fprintf(to, "            without it: %s\n", how);
	else if (!minimize_kills(m))
		fprintf(to, "            refused in a run that then failed\n");
}

static void print_dropped(FILE *to, const struct minimize *m)
{
	bool any = false;

	for (size_t i = 0; i < m->uses->n; i++) {
		const struct minimize_use *u = &m->uses->list[i];

		if (m->keep[i])
			continue;
		if (!any)
			fprintf(to, "it does without\n");
		any = true;
		fprintf(to, "    %6lu  %s\n", u->count, u->text);
	}
}

/* Each call, with the values of its argument under it. */
static void print_kept(FILE *to, const struct minimize *m)
{
	for (size_t i = 0; i < m->uses->n; i++) {
		const struct minimize_use *u = &m->uses->list[i];

		if (!m->keep[i] || kept_before(m, i))
			continue;
		fprintf(to, "  %s%s\n", u->call,
			u->as_base   ? ", as the base allows it"
			: u->arg < 0 ? ""
				     : ", only so:");
		for (size_t k = i; k < m->uses->n; k++)
			if (m->keep[k] && m->uses->list[k].nr == u->nr &&
				m->uses->list[k].arch == u->arch)
				print_use(to, m, k);
	}
}

static const char *locale_now(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *value = NULL;

	for (size_t i = 0; i < 3 && (!value || !*value); i++)
		value = getenv(names[i]);
	return value && *value ? value : "C";
}

/* Life has more than these runs had. */
static void print_not_seen(FILE *to, const struct minimize *m)
{
	bool failed = false, handled = false;
	char locale[40];

	for (size_t i = 0; i < m->uses->n; i++)
		handled = handled || strstr(m->uses->list[i].call, "sigreturn");
	for (size_t i = 0; i < m->ncases; i++)
		failed = failed || m->cases[i].real.status != 0;
	text_show(locale_now(), locale, sizeof(locale));
	fprintf(to,
		"not seen  %sa terminal, a file, /dev/null (it wrote into "
		"pipes), "
		"little\n          memory%s%s, a locale but %s: %s\n",
		m->ncases == 1 ? "other data, " : "",
		handled ? "" : ", signals", failed ? "" : ", how it fails",
		locale,
		m->bare ? "what it calls then is not allowed"
			: "of what it calls\n          then only what is kin "
			  "is allowed");
}

/* Every run was traced. */
static void print_ptraces(FILE *to, const struct minimize *m)
{
	bool any = false;

	for (size_t i = 0; i < m->uses->n; i++)
		any = any || !strcmp(m->uses->list[i].call, "ptrace");
	if (any)
		fprintf(to, "          it calls ptrace: what is traced already "
			    "cannot "
			    "be traced, so it may\n          have taken "
			    "another way "
			    "than it takes alone, and need more there\n");
}

static size_t count_kin(const struct minimize *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->uses->n; i++)
		n += m->keep[i] && m->uses->list[i].kin;
	return n;
}

/* A command that has several inputs stands there once. */
static void print_commands(FILE *to, const struct minimize *m)
{
	const struct minimize_case *before = NULL;

	for (size_t i = 0; i < m->ncases; i++) {
		const struct minimize_case *c = &m->cases[i];

		if (!before || c->argv != before->argv)
			fprintf(to, "%s%s\n",
				before ? "and       " : "command   ",
				c->command);
		before = c;
	}
}

void minimize_print(const struct minimize *m, FILE *to)
{
	char deals[64], from[200] = "";

	if (m->lift) {
		print_commands(to, m);
		fprintf(to, "runs      %d, %ld of them with the rules lifted\n",
			m->nruns, m->runs * (long)m->ncases);
		minimize_print_lift(m, to);
		return;
	}
	if (m->from)
		text_show(m->from->name, from, sizeof(from));
	explain_verdict(m->refuse, deals, sizeof(deals));
	print_commands(to, m);
	fprintf(to, "filter    loaded at %s; what it does not allow %s\n",
		m->when, deals);
	if (m->nresumed)
		fprintf(to,
			"resumed   %d runs are those of who was interrupted\n",
			m->nresumed);
	fprintf(to,
		"runs      %d, %ld of them of this profile, which passed all\n",
		m->nruns, m->runs * (long)m->ncases);
	print_ptraces(to, m);
	fprintf(to, "needed    %zu of the %zu calls that it makes%s%s%s\n",
		count_calls(m, true), count_calls(m, false),
		m->from ? " beyond " : "", from,
		m->uses->n && minimize_kills(m)
			? "; without its rule each\n"
			  "          of them is where it is killed"
			: "");
	if (m->nvaried)
		fprintf(to,
			"          %d of the rules only in some runs: others "
			"may "
			"come in more; try -n\n",
			m->nvaried);
	if (m->nfirst)
		fprintf(to,
			"          %d more rules are for what its first run "
			"alone "
			"did: what that left behind\n          may have spared "
			"the others the call, so none tells if it is needed\n",
			m->nfirst);
	if (count_kin(m))
		fprintf(to,
			"          %zu more rules are kin of what was seen: "
			"the "
			"same "
			"need, and luck\n          whether a run shows it\n",
			count_kin(m));
	print_not_seen(to, m);
	print_kept(to, m);
	print_dropped(to, m);
}
