/* SPDX-License-Identifier: MIT */
/* print.c: how a run of the fuzzer goes, for people. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/session.h"
#include "program/words.h"

void fuzz_tally(const struct fuzz_run *r, struct tally *sum)
{
	memset(sum, 0, sizeof(*sum));
	for (int i = 0; i < r->jobs; i++)
		if (r->tally[i])
			tally_join(sum, r->tally[i]);
}

static void print_finding(FILE *to, const char *name, const char *text)
{
	fprintf(to, "  %s\n    %s\n", name, text);
}

const char *fuzz_op_name(int op)
{
	return op < OP_NAMES	? op_names[op]
	       : op == OP_NAMES ? "unknown"
				: "(no futex)";
}

static long elapsed(const struct fuzz_run *r)
{
	time_t end = r->ended ? r->ended : time(NULL);
	long s = (long)(end - r->began);

	return s > 0 ? s : 1;
}

/* Since this start of it; the counts go on from the one before. */
static double rate(const struct fuzz_run *r, const struct tally *t)
{
	return (double)(t->programs - r->programs_before) / (double)elapsed(r);
}

static void note_new(struct fuzz_run *r, int behaviours)
{
	if (behaviours > r->behaviours)
		r->last_new = r->ended ? r->ended : time(NULL);
	r->behaviours = behaviours;
}

void fuzz_print_line(struct fuzz_run *r, FILE *to)
{
	static struct tally sum;
	int of_op[BEHAVIOUR_OPS];

	fuzz_tally(r, &sum);
	note_new(r, tally_behaviours(&sum, of_op));
	fprintf(to,
		"%5ld s  %llu programs, %.0f a second, %d behaviours, "
		"%d findings\n",
		elapsed(r), (unsigned long long)sum.programs, rate(r, &sum),
		r->behaviours, fuzz_findings(r, NULL, NULL));
}

static void save_tallies(const struct fuzz_run *r)
{
	for (int i = 0; i < r->jobs; i++)
		if (r->tally[i])
			tally_save(r->tally[i]);
}

void fuzz_progress(struct fuzz_run *r)
{
	static struct tally sum;
	int of_op[BEHAVIOUR_OPS];
	char path[PATH_MAX];
	time_t now = time(NULL);
	FILE *to;

	/* A guest may be ended at any time, and its counts with it. */
	if (getenv("QUARTET_BLACKBOX"))
		save_tallies(r);
	if (now < r->next_progress && !r->ended)
		return;
	r->next_progress = now + 1 + elapsed(r) / 50;
	fuzz_tally(r, &sum);
	if (!r->kernel)
		save_tallies(r);
	fuzz_path(path, "%s/progress", r->out);
	to = fopen(path, "ae");
	if (!to)
		return;
	fprintf(to, "%lld %llu %d %d\n", (long long)now,
		(unsigned long long)sum.programs, tally_behaviours(&sum, of_op),
		fuzz_findings(r, NULL, NULL));
	fclose(to);
}

static const char *tell_edges(const struct fuzz_run *r, char *to, size_t size)
{
	if (r->blocks) {
		snprintf(to, size, "%ld blocks of the kernel", r->blocks);
		return to;
	}
	if (r->kernel)
		return "no kernel edges";
	if (access("/sys/kernel/debug/kcov", R_OK))
		return "no kernel edges: this kernel has no kcov";
	/* As the target has it. */
	return getenv("QUARTET_BLACKBOX") ? "with kernel edges"
					  : "kernel edges: not used";
}

static void print_findings(const struct fuzz_run *r, FILE *to)
{
	int n = fuzz_findings(r, NULL, NULL);
	int left = fuzz_waiting(r, NULL, NULL);

	fprintf(to, "\n%d finding%s%s\n", n, n == 1 ? "" : "s",
		n      ? ":"
		: left ? ""
		       : ": every promise was kept");
	fuzz_findings(r, print_finding, to);
	if (!left)
		return;
	fprintf(to,
		"%d program%s in %s/found that nobody has looked into yet"
		"%s:\n",
		left, left == 1 ? "" : "s", r->out,
		r->ended ? "; another campaign with this -o does" : "");
	fuzz_waiting(r, print_finding, to);
}

void fuzz_print(struct fuzz_run *r, FILE *to)
{
	static struct tally sum;
	int of_op[BEHAVIOUR_OPS];
	char edges[60];

	fuzz_tally(r, &sum);
	note_new(r, tally_behaviours(&sum, of_op));
	fprintf(to, "futex programs under %s, %d job%s, %ld s", r->profile,
		r->jobs, r->jobs == 1 ? "" : "s", elapsed(r));
	if (r->seconds)
		fprintf(to, " of %ld", r->seconds);
	fprintf(to,
		"\n%llu programs, %.0f a second; %d behaviours, the last "
		"new one %ld s ago; %s\n\n",
		(unsigned long long)sum.programs, rate(r, &sum), r->behaviours,
		r->last_new ? (long)((r->ended ? r->ended : time(NULL)) -
				      r->last_new)
			    : 0,
		tell_edges(r, edges, sizeof(edges)));
	if (r->kernel)
		fprintf(to, "on %s, booted %d time%s; it died %d time%s\n\n",
			r->kernel, r->boots, r->boots == 1 ? "" : "s",
			r->deaths, r->deaths == 1 ? "" : "s");
	fprintf(to, "%-16s %12s %11s\n", "operation", "steps", "behaviours");
	for (int i = 0; i < BEHAVIOUR_OPS; i++)
		fprintf(to, "%-16s %12llu %11d\n", fuzz_op_name(i),
			(unsigned long long)sum.steps[i], of_op[i]);
	print_findings(r, to);
}
