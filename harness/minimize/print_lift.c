/* SPDX-License-Identifier: MIT */
/* print_lift.c: which rules of a deny list have to be lifted. */
#include <stdio.h>
#include <string.h>

#include "explain/filter.h"
#include "minimize/trial.h"

/* Where the rules for the call stand, and what they answer. */
static void print_rules(FILE *to, const struct profile *p, const char *call)
{
	char answers[64];

	for (size_t i = 0; i < p->nrules; i++) {
		const struct profile_rule *rule = &p->rules[i];

		if (strcmp(rule->name, call) != 0)
			continue;
		explain_verdict(rule->action, answers, sizeof(answers));
		fprintf(to, "            %s:%d: %s\n",
			profile_rule_file(p, rule), rule->line, answers);
	}
}

void minimize_print_lift(const struct minimize *m, FILE *to)
{
	size_t n = 0;

	for (size_t i = 0; i < m->uses->n; i++)
		n += m->keep[i];
	fprintf(to,
		"lift      rules for %zu of the %zu calls that %s refuses it\n",
		n, m->uses->n, m->base->name);
	for (size_t i = 0; i < m->uses->n; i++) {
		const struct minimize_use *u = &m->uses->list[i];
		const char *how = minimize_without(m, i);

		fprintf(to, "  %-4s %s\n", m->keep[i] ? "lift" : "stay",
			u->text);
		print_rules(to, m->base, u->call);
		if (u->by[0])
			fprintf(to, "            by %s\n", u->by);
		if (m->keep[i] && how)
			fprintf(to, "            with it: %s\n", how);
		else if (!m->keep[i])
			fprintf(to, "            it does without\n");
	}
}
