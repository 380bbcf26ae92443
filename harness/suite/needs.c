/* SPDX-License-Identifier: MIT */
/* needs.c: what works under a file of the user's, by need and by flavour. */
#include "suite/needs.h"

#include <stdlib.h>
#include <string.h>

#include "suite/judge.h"
#include "sys/text.h"

#define PROBES	 12
#define FLAVOURS SUITE_FLAVOURS
#define NAME	 64

static const struct need {
	const char *name;
	const char *probes[PROBES];
} needs[] = {
	{ "stdio", { "io/printf", "io/printf-buffered", "io/printf-unbuffered",
			   "io/stderr", "io/fgets", "io/fopen", "io/fread",
			   "io/fwrite-large" } },
	{ "heap", { "malloc/first", "malloc/grow-brk", "malloc/large",
			  "malloc/large-free", "malloc/realloc-large",
			  "malloc/thread-first" } },
	{ "threads", { "thread/create", "thread/join", "thread/detach",
			     "thread/mutex", "thread/cond", "thread/sem",
			     "thread/name" } },
	{ "signals", { "signal/action", "signal/mask", "signal/raise",
			     "signal/blocked", "signal/siglongjmp",
			     "signal/altstack-set", "libc/alarm" } },
	{ "end", { "exit/return", "exit/_exit", "exit/quick", "exit/atexit",
			 "exit/flush", "exit/worker-exits" } },
	{ "time", { "libc/clock_gettime", "libc/time", "libc/clock-cpu",
			  "libc/usleep", "libc/localtime",
			  "thread/cond-timed" } },
};

#define NNEEDS (sizeof(needs) / sizeof(*needs))

bool needs_select(struct selection *sel)
{
	static char patterns[NNEEDS * PROBES][NAME];

	if (!sel->nprofiles || sel->npatterns)
		return false;
	for (size_t i = 0; i < sel->nprofiles; i++)
		if (!suite_is_file(sel->profiles[i]))
			return false;
	for (size_t i = 0; i < NNEEDS; i++)
		for (size_t k = 0; k < PROBES && needs[i].probes[k]; k++) {
			char *p = patterns[sel->npatterns];

			snprintf(p, NAME, "%s@*", needs[i].probes[k]);
			sel->patterns[sel->npatterns++] = p;
		}
	sel->deadly = true;
	return true;
}

/* A cell under a file of the user's: its parts. */
struct parts {
	char probe[NAME], label[NAME + 8], flavour[NAME];
};

static bool part(const struct row *row, struct parts *p)
{
	return !strcmp(row->verdict, judge_verdict_name(VERDICT_NONE)) &&
	       sscanf(row->cell, "%63[^@]@%71[^/]/%63s", p->probe, p->label,
		       p->flavour) == 3;
}

static const struct row *find(const struct rows *rows, const char *name,
	const char *label, const char *suffix, const char *flavour)
{
	const struct row *row;
	char cell[4 * NAME];
	struct text t = text_in(cell, sizeof(cell));

	text_put(&t, "%s@%s%s/%s", name, label, suffix, flavour);
	return rows_find(rows, cell, &row) ? row : NULL;
}

/* What one flavour makes of a need. */
struct tally {
	unsigned works, all, n;
	struct {
		char call[NAME];
		const struct row *row;
		const char *name;
		unsigned more;
	} missing[PROBES];
};

static void miss(struct tally *t, const struct row *row, const char *name,
	const struct row *twin)
{
	const char *call = row->call[0]		   ? row->call
			   : twin && twin->call[0] ? twin->call
						   : "(not known)";
	unsigned i = 0;

	while (i < t->n && strcmp(t->missing[i].call, call) != 0)
		i++;
	if (i < t->n) {
		t->missing[i].more++;
		return;
	}
	snprintf(t->missing[i].call, NAME, "%s", call);
	t->missing[i].row = row;
	t->missing[i].name = name;
	t->n++;
}

static struct tally count(const struct rows *rows, const struct need *need,
	const char *label, const char *flavour)
{
	struct tally t = { 0 };

	for (size_t i = 0; i < PROBES && need->probes[i]; i++) {
		const char *name = need->probes[i];
		const struct row *row = find(rows, name, label, "", flavour);

		if (!row || strcmp(row->verdict,
				    judge_verdict_name(VERDICT_NONE)) != 0)
			continue;
		t.all++;
		if (!strcmp(row->outcome, judge_outcome_name(OUT_WORKS)))
			t.works++;
		else
			miss(&t, row, name,
				find(rows, name, label, SUITE_DEADLY, flavour));
	}
	return t;
}

/* As text, for the caller to free; NULL: no memory, or nothing was run. */
static char *tell(const struct tally *t)
{
	char *text = NULL;
	size_t size;
	FILE *to = t->all ? open_memstream(&text, &size) : NULL;

	if (!to)
		return NULL;
	if (t->works == t->all)
		fprintf(to, "works (%u probes)\n", t->all);
	else
		fprintf(to,
			"%u of %u probes work; refused first in the others:\n",
			t->works, t->all);
	for (unsigned i = 0; i < t->n; i++) {
		fprintf(to, "    %-20s %s %s", t->missing[i].call,
			t->missing[i].name, t->missing[i].row->text);
		if (t->missing[i].more)
			fprintf(to, ", and %u more", t->missing[i].more);
		fputc('\n', to);
	}
	fclose(to);
	return text;
}

/* Flavours of which the same is to be said stand together. */
static void print_need(const struct rows *rows, const struct need *need,
	const char *label, char flavours[][NAME], size_t n, FILE *out)
{
	char *texts[FLAVOURS] = { NULL };

	for (size_t i = 0; i < n; i++) {
		const struct tally t = count(rows, need, label, flavours[i]);

		texts[i] = tell(&t);
	}
	for (size_t i = 0; i < n; i++) {
		if (!texts[i])
			continue;
		fprintf(out, "  %s, %s", need->name, flavours[i]);
		for (size_t k = i + 1; k < n; k++)
			if (texts[k] && !strcmp(texts[i], texts[k])) {
				fprintf(out, ", %s", flavours[k]);
				free(texts[k]);
				texts[k] = NULL;
			}
		fprintf(out, ": %s", texts[i]);
		free(texts[i]);
	}
}

static void add(char names[][NAME], size_t *n, size_t most, const char *name)
{
	size_t i = 0;

	while (i < *n && strcmp(names[i], name) != 0)
		i++;
	if (i == *n && *n < most)
		snprintf(names[(*n)++], NAME, "%s", name);
}

static bool is_needed(const char *name)
{
	for (size_t i = 0; i < NNEEDS; i++)
		for (size_t k = 0; k < PROBES && needs[i].probes[k]; k++)
			if (!strcmp(needs[i].probes[k], name))
				return true;
	return false;
}

bool needs_line(const struct line *l)
{
	return judge_verdict_named(l->verdict) == VERDICT_NONE &&
	       is_needed(l->probe);
}

bool needs_print(const struct rows *rows, FILE *out)
{
	char labels[64][NAME], flavours[FLAVOURS][NAME];
	size_t nlabels = 0, nflavours = 0;
	bool deadly = false;
	struct parts p;

	for (size_t i = 0; i < rows->n; i++) {
		if (!part(&rows->v[i], &p) || !is_needed(p.probe))
			continue;
		add(flavours, &nflavours, FLAVOURS, p.flavour);
		if (strstr(p.label, SUITE_DEADLY))
			deadly = true;
		else
			add(labels, &nlabels, 64, p.label);
	}
	if (!deadly)
		return false;
	for (size_t i = 0; i < nlabels; i++) {
		fprintf(out, "%s: what works under it\n", labels[i]);
		for (size_t k = 0; k < NNEEDS; k++)
			print_need(rows, &needs[k], labels[i], flavours,
				nflavours, out);
		fputc('\n', out);
	}
	return nlabels;
}
