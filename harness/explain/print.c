/* SPDX-License-Identifier: MIT */
/* print.c: what the passes saw, for people. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "sys/calls.h"
#include "explain/filter.h"
#include "explain/report.h"

#define LINES 3 /* of a group, when they are not all asked for */

static double seconds(uint64_t us)
{
	return (double)us / 1e6;
}

static void print_who(FILE *to, const struct explain_place *p, bool others)
{
	if (p->process)
		fprintf(to, "process %d (%s), ", p->process, p->comm);
	if (p->thread)
		fprintf(to, "thread %d", p->thread);
	else
		fprintf(to, "main thread");
	if (others)
		fprintf(to, " and others");
}

static void print_first(FILE *to, const struct explain_seen *seen)
{
	const struct explain_place *p = seen->places.list[0];
	char deals[64], chain[400];

	explain_verdict(p->verdict, deals, sizeof(deals));
	explain_chain(p, chain, sizeof(chain));
	fprintf(to, "first     %s: %s%s%s\n", p->texts[0], explain_whose(p),
		p->whose ? "" : " ", p->whose ? "" : deals);
	if (!p->whose && p->arch != seen->arch && seen->other_shut)
		fprintf(to,
			"          a call of %s, and the filter is one for "
			"%s\n",
			calls_arch_name(p->arch), calls_arch_name(seen->arch));
	if (p->need[0])
		fprintf(to, "          for %s\n", p->need);
	fprintf(to, "          by %s\n          ", chain);
	print_who(to, p, p->count > 1 && p->threads);
	fprintf(to, ", at %.3f s\n", seconds(p->first_us));
}

/* Nobody saw it but the kernel. */
static void print_first_noted(FILE *to, const struct explained *e)
{
	const struct kernel_kill *kill = &e->real.kills[0];
	int there;
	const struct explain_place *p =
		explain_noted(&e->let.places, kill, &there);
	char call[32], deals[64], chain[EXPLAIN_CHAIN];
	struct text t = text_in(chain, sizeof(chain));

	calls_name(kill->arch, kill->nr, call, sizeof(call));
	explain_verdict(kill->action, deals, sizeof(deals));
	fprintf(to, "first     %s: %s filter %s, says the kernel's log\n", call,
		p ? "the" : "a", deals);
	if (there == 1)
		explain_chain(p, chain, sizeof(chain));
	else if (there && p->nframes)
		frame_put(&t, &p->frames[0]);
	if (there)
		fprintf(to, "          by %s, as when it was let through\n",
			chain);
	fprintf(to, "          process %d (%s)\n", (int)kill->pid, kill->comm);
}

/* --arm self sees by tracing alone. */
static void print_ptraces(FILE *to, const struct explained *e)
{
	fprintf(to,
		"          it calls ptrace: what is traced already cannot be "
		"traced, so it may\n          take another way than it takes "
		"alone: %s\n",
		strcmp(e->when, "self") ? "try --untraced"
					: "--untraced would show, with its "
					  "filter in a file\n          (-p)");
}

static void print_real(FILE *to, const struct explained *e, bool verbose)
{
	const struct explain_seen *seen = &e->real;
	char end[80], cause[400];

	explain_end(seen, end, sizeof(end));
	fprintf(to, "filtered  %s after %.3f s", end, seconds(seen->us));
	if (seen->places.calls)
		fprintf(to, "; refused %lu call%s\n", seen->places.calls,
			seen->places.calls == 1 ? "" : "s");
	else if (e->untraced)
		fprintf(to, "; it was not traced\n");
	else
		fprintf(to, "; nothing was refused\n");
	explain_print_driven(seen, e->drive, to);
	if (seen->left_behind)
		fprintf(to,
			"          %d process%s of it went on after it, and "
			"%s ended\n",
			seen->left_behind, seen->left_behind == 1 ? "" : "es",
			seen->left_behind == 1 ? "was" : "were");
	if (seen->own_filters && !strcmp(e->when, "self"))
		fprintf(to,
			"          one of them computes its answers, or has "
			"a supervisor: what it refuses\n          is not "
			"told\n");
	else if (seen->own_filters)
		fprintf(to, "          it loaded filters of its own: what they "
			    "answer is not told; see --arm self.\n          A "
			    "supervisor of one (seccomp_unotify(2)) goes here "
			    "before an errno of this filter,\n          which "
			    "without quartet it does not\n");
	if (seen->ptraces || e->let.ptraces)
		print_ptraces(to, e);
	if (seen->places.n)
		print_first(to, seen);
	else if (seen->nkills)
		print_first_noted(to, e);
	if (seen->places.n && verbose)
		explain_print_stack(seen->places.list[0]->frames,
			seen->places.list[0]->nframes, to);
	explain_cause(e, cause, sizeof(cause));
	if (cause[0] && (!seen->hang || !seen->hang->cause[0]) &&
		!(seen->hang && !strcmp(cause, seen->hang->hang.reason)))
		fprintf(to, "cause     %s\n", cause);
	if (seen->crash_signal && WIFSIGNALED(seen->status) && verbose)
		explain_print_stack(
			seen->crash_frames, seen->ncrash_frames, to);
	if (seen->hang)
		explain_print_hang(seen->hang, to);
}

static void print_line(FILE *to, const struct explain_line *l, bool verbose)
{
	const struct explain_place *p = l->place;

	fprintf(to, "    %6lu  %s%s%s%s\n", l->count,
		l->varies ? "such as " : "", p->texts[0],
		p->whose ? ", by " : "", p->whose ? explain_whose(p) : "");
	if (l->chain[0])
		fprintf(to, "            by %s\n", l->chain);
	if (!verbose)
		return;
	for (int i = 1; i < p->ntexts; i++)
		fprintf(to, "            also %s\n", p->texts[i]);
	explain_print_stack(p->frames, p->nframes, to);
}

/* The calls of the lines that are not shown, each once. */
static void print_rest(FILE *to, const struct explain_group *g, int from)
{
	fprintf(to, "            and in %d more places:", g->nlines - from);
	for (int i = from; i < g->nlines; i++) {
		int k = from;

		while (strcmp(g->lines[k]->place->call,
			       g->lines[i]->place->call) != 0)
			k++;
		if (k == i)
			fprintf(to, " %s", g->lines[i]->place->call);
	}
	fputc('\n', to);
}

static void print_group(FILE *to, const struct explain_group *g, bool verbose)
{
	const struct explain_place *p = g->lines[0]->place;
	int shown = verbose || g->nlines <= LINES ? g->nlines : LINES;

	fprintf(to, "  %s\n", p->need[0] ? p->need : p->call);
	for (int i = 0; i < shown; i++)
		print_line(to, g->lines[i], verbose);
	if (shown < g->nlines)
		print_rest(to, g, shown);
	fprintf(to, "            ");
	print_who(to, p, g->threads);
	if (g->count == 1)
		fprintf(to, ", at %.3f s\n", seconds(g->first_us));
	else
		fprintf(to, ", %.3f to %.3f s\n", seconds(g->first_us),
			seconds(g->last_us));
}

int explain_print_places(FILE *to, const char *what, const char *when,
	const struct explain_places *all, bool verbose)
{
	struct explain_group *groups;
	int ret = explain_groups(all, &groups);

	if (ret)
		return ret;
	fprintf(to, "%-9s %lu call%s%s, from %d place%s%s\n", what, all->calls,
		all->calls == 1 ? "" : "s", when, all->n,
		all->n == 1 ? "" : "s", all->n ? ":" : "");
	for (struct explain_group *g = groups; g; g = g->next)
		print_group(to, g, verbose);
	if (all->unplaced)
		fprintf(to, "    %6lu  from places beyond the first %d\n",
			all->unplaced, EXPLAIN_PLACES);
	explain_groups_free(groups);
	return 0;
}

/* What was refused under the filter and never met without it: the program went
 * another way there, often to tell of what had failed. */
static int print_only_real(FILE *to, const struct explained *e, bool verbose)
{
	static struct explain_places only;

	memset(&only, 0, sizeof(only));
	for (int i = 0; i < e->real.places.n; i++) {
		struct explain_place *p = e->real.places.list[i];

		if (explain_is_met(&e->let.places, p))
			continue;
		only.list[only.n++] = p;
		only.calls += p->count;
	}
	return only.n ? explain_print_places(to, "refused",
				" under the filter alone", &only, verbose)
		      : 0;
}

/* What another filter refuses nobody can let through. */
static bool any_of_another(const struct explain_seen *seen)
{
	for (int i = 0; i < seen->places.n; i++)
		if (seen->places.list[i]->whose)
			return true;
	return false;
}

static int print_let(FILE *to, const struct explained *e, bool verbose)
{
	const char *what = e->let.places.calls || !e->let.logs
				   ? "refused call let through"
				   : "logged call noted";
	bool refused = e->let.places.calls || !e->let.logs;
	char end[80];
	int ret = 0;

	explain_end(&e->let, end, sizeof(end));
	fprintf(to, "let go    %s after %.3f s, with each %s\n", end,
		seconds(e->let.us),
		any_of_another(&e->let)
			? "call let through that the filter refuses"
			: what);
	explain_print_driven(&e->let, NULL, to);
	if (e->let.hang)
		explain_print_hang(e->let.hang, to);
	if (refused)
		ret = explain_print_places(
			to, "refused", "", &e->let.places, verbose);
	if (!ret)
		ret = print_only_real(to, e, verbose);
	if (!ret && e->let.logs)
		ret = explain_print_places(
			to, "logged", "", &e->let.logged, verbose);
	return ret;
}

static void print_filter(FILE *to, const struct explained *e)
{
	if (!strcmp(e->when, "self") && !e->real.armed)
		fprintf(to, "filter    the program's own: it loaded none\n");
	else if (!strcmp(e->when, "self"))
		fprintf(to, "filter    the program's own\n");
	else if (e->real.armed)
		fprintf(to, "filter    %s, loaded at %s, after %.3f s\n",
			e->profile, e->when, seconds(e->real.armed_us));
	else
		fprintf(to, "filter    %s, never loaded: %s never came\n",
			e->profile, e->when);
	if (e->real.none_allowed)
		fprintf(to,
			"          it lets no call of %s pass, which this "
			"program is for\n",
			calls_arch_name(e->real.arch));
	if (e->real.under_another)
		fprintf(to, "          beside one that was there before "
			    "quartet: of what that answers, only kills\n"
			    "          and traps are seen\n");
	if (e->real.uncovered[0])
		fprintf(to, "          it does not cover %s\n",
			e->real.uncovered);
}

/* Has a place code without a name that was compiled at run time? *JS: by V8. */
static bool is_nameless(const struct explain_place *p, bool *js)
{
	bool nameless = false, script = false, v8 = false;

	for (int i = 0; i < p->nframes; i++) {
		const struct frame *f = &p->frames[i];

		script = script || f->script;
		v8 = v8 || !strncmp(f->function, "Builtins_JSEntry", 16);
		nameless = nameless ||
			   (!f->function[0] && !f->module[0] && !f->shown[0]);
	}
	*js = v8;
	return !script && (nameless || v8);
}

/* What the target has to be told, once. */
static void print_nameless(FILE *to, const struct explained *e)
{
	const struct explain_places *all =
		e->let.places.n ? &e->let.places : &e->real.places;
	bool js;

	for (int i = 0; i < all->n; i++) {
		if (!is_nameless(all->list[i], &js))
			continue;
		fprintf(to, "names     code that was compiled at run time has "
			    "none: ");
		if (js)
			fprintf(to, "run it with node --perf-basic-prof\n"
				    "          "
				    "--interpreted-frames-native-stack\n");
		else
			fprintf(to, "they are read where it\n          writes "
				    "perf(1)'s map, /tmp/perf-PID.map, or "
				    "jit-PID.dump\n");
		return;
	}
}

int explain_print(const struct explained *e, FILE *to, bool verbose)
{
	int ret;

	fprintf(to, "command   %s\n", e->command);
	print_filter(to, e);
	print_real(to, e, verbose);
	if (e->let.out < 0)
		return explain_print_others(e, to, verbose);
	explain_print_damage(e, to);
	ret = print_let(to, e, verbose);
	print_nameless(to, e);
	return ret;
}
