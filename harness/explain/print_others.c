/* SPDX-License-Identifier: MIT */
/* print_others.c: nothing was refused, and yet it fails: what else there is. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "explain/filter.h"
#include "explain/report.h"

bool explain_asks_others(const struct explained *e)
{
	const struct explain_seen *real = &e->real;

	return real->armed && !real->broken[0] && !real->places.calls &&
	       !real->nkills && !real->interrupted && real->ended &&
	       !e->untraced && (real->status || real->landlock);
}

static void print_landlock(const struct explained *e, FILE *to)
{
	const struct explain_places *loads = &e->others.logged;
	char chain[EXPLAIN_CHAIN];

	if (!loads->n)
		return;
	explain_chain(loads->list[0], chain, sizeof(chain));
	fprintf(to,
		"          Landlock: it restricted itself (landlock(7)), at "
		"%.3f s\n          by %s\n",
		(double)loads->list[0]->first_us / 1e6, chain);
}

static bool any(const struct explain_places *p, const char *answer)
{
	char deals[64];

	for (int i = 0; i < p->n; i++) {
		explain_verdict(p->list[i]->verdict, deals, sizeof(deals));
		if (strstr(deals, answer))
			return true;
	}
	return false;
}

static void print_fences(const struct explained *e, FILE *to)
{
	const struct explain_fence *f = &e->others.fence;

	fprintf(to, "fences    that are known:\n");
	print_landlock(e, to);
	if (f->label[0])
		fprintf(to, "          a security module: it is labelled %s\n",
			f->label);
	if (f->userns || f->mntns)
		fprintf(to, "          namespaces of its own: %s%s%s\n",
			f->userns ? "user" : "",
			f->userns && f->mntns ? ", " : "",
			f->mntns ? "mount" : "");
	if (e->others.own_filters || e->others.under_another)
		fprintf(to, "          a filter that %s\n",
			e->others.own_filters
				? "it loaded itself: see --arm self"
				: "was there before quartet, a container's");
	if (any(&e->others.answered, "EPERM"))
		fprintf(to,
			"          capabilities(7): it has %sCAP_SYS_ADMIN\n",
			f->admin ? "" : "no ");
	if (any(&e->others.answered, "EACCES"))
		fprintf(to, "          the modes of files: it has %s\n",
			f->overrides ? "CAP_DAC_OVERRIDE, so these are not why"
				     : "no CAP_DAC_OVERRIDE");
	if (f->no_new_privs && any(&e->others.answered, "EPERM"))
		fprintf(to, "          no_new_privs: a set-uid program gains "
			    "nothing\n");
}

static void print_look(const struct explained *e, FILE *to)
{
	const struct explain_seen *real = &e->real;

	if (!real->status)
		return;
	fprintf(to, "look at   what it says itself: this filter answered none "
		    "of its calls\n");
	if (strcmp(e->when, "exec") != 0 && strcmp(e->when, "self") != 0)
		fprintf(to,
			"          what came before %s: --arm exec has the "
			"filter from the start\n",
			e->when);
	if (real->own_filters)
		fprintf(to, "          its own filters: --arm self\n");
	fprintf(to, "          the same command without quartet; if it fails "
		    "as well,\n          strace -f -e status=failed shows what "
		    "each call got\n");
}

int explain_print_others(const struct explained *e, FILE *to, bool verbose)
{
	const struct explain_seen *seen = &e->others;
	int ret = 0;

	if (seen->out >= 0 && seen->answered.n)
		ret = explain_print_places(to, "fenced",
			" got EACCES or EPERM in a second run, not by this "
			"filter",
			&seen->answered, verbose);
	else if (seen->out >= 0)
		fprintf(to,
			"fenced    no call: in a second run none got EACCES "
			"or EPERM%s\n",
			seen->timed_out ? ", until its time was over" : "");
	if (!ret && seen->answered.n)
		print_fences(e, to);
	if (seen->out >= 0)
		print_look(e, to);
	return ret;
}
