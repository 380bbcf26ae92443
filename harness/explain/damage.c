/* SPDX-License-Identifier: MIT */
/* damage.c: what went wrong without a word. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explain/filter.h"
#include "explain/io.h"
#include "explain/report.h"
#include "sys/text.h"

/* Has an earlier one been told as this one would be? */
static bool is_told(const struct explain_seen *seen, int i)
{
	for (int k = 0; k < i; k++)
		if (seen->lost[k].place == seen->lost[i].place &&
			seen->lost[k].whole == seen->lost[i].whole &&
			!strcmp(seen->lost[k].comm, seen->lost[i].comm))
			return true;
	return false;
}

static int count_lost(const struct explain_seen *seen, int first)
{
	int n = 0;

	for (int k = first; k < seen->nlost && k < EXPLAIN_LOST; k++)
		n += seen->lost[k].place == seen->lost[first].place &&
		     seen->lost[k].whole == seen->lost[first].whole &&
		     !strcmp(seen->lost[k].comm, seen->lost[first].comm);
	return n;
}

/* Those that were lost at one place are one line. */
static void print_one_lost(const struct explain_seen *seen, int i, FILE *to)
{
	const struct explain_lost *lost = &seen->lost[i];
	int more = count_lost(seen, i) - 1;
	bool other = lost->place && lost->place->whose;
	char chain[EXPLAIN_CHAIN] = "";

	if (lost->place)
		explain_chain(lost->place, chain, sizeof(chain));
	fprintf(to, "          ");
	if (lost->process)
		fprintf(to, "process %d (%s)%s", lost->process,
			lost->place ? lost->place->comm : "?",
			lost->whole ? "" : ", ");
	if (!lost->whole)
		fprintf(to, "thread %d, alone", lost->thread);
	if (more)
		fprintf(to, ", and %d more %s like it", more,
			lost->whole ? "processes" : "threads");
	fprintf(to, ", at %s: %s%s%s\n", lost->place ? lost->place->call : "?",
		chain, other ? ", by " : "",
		other ? explain_whose(lost->place) : "");
}

static void print_lost(const struct explain_seen *seen, FILE *to)
{
	char end[80];

	explain_end(seen, end, sizeof(end));
	fprintf(to, "damage    %s, but %s had killed:\n", end,
		explain_whose(seen->lost[0].place));
	for (int i = 0; i < seen->nlost && i < EXPLAIN_LOST; i++)
		if (!is_told(seen, i))
			print_one_lost(seen, i, to);
	if (seen->nlost > EXPLAIN_LOST)
		fprintf(to, "          and %d more\n",
			seen->nlost - EXPLAIN_LOST);
}

/* It is damage that can be told of. */
static bool differs(const struct explain_compared *c)
{
	return c->known && !c->same && !c->varies && !c->first;
}

static void print_bytes(const char *name, int fd, off_t at, FILE *to)
{
	unsigned char buf[32];
	char shown[4 * sizeof(buf) + 3];
	struct text t = text_in(shown, sizeof(shown));
	ssize_t n = pread(fd, buf, sizeof(buf), at);

	if (n <= 0)
		text_put(&t, "it ends there");
	else
		text_put_quoted(&t, buf, (size_t)n);
	fprintf(to, "          %s: %s\n", name, shown);
}

static void print_written(const char *what, const struct explain_compared *c,
	int real, int let, FILE *to)
{
	if (!differs(c))
		return;
	fprintf(to,
		"damage    its %s is not what it is with the calls let "
		"through, from byte %lld on:\n",
		what, (long long)c->at);
	print_bytes("filtered", real, c->at, to);
	print_bytes("let go  ", let, c->at, to);
}

static void print_how(const struct explain_failed *f, int more, FILE *to)
{
	int sig = WIFSIGNALED(f->status) ? WTERMSIG(f->status) : 0;
	char name[TEXT_SIGNAL];

	fprintf(to, "damage    process %d (%s) ", f->process, f->comm);
	if (sig)
		fprintf(to, "was killed by %s", text_signal(sig, name));
	else
		fprintf(to, "exited %d", WEXITSTATUS(f->status));
	if (f->n > 1)
		fprintf(to,
			", as did %d more, and %d do not without the "
			"filter\n",
			f->n - 1, more);
	else
		fprintf(to, ", and would not without the filter\n");
}

/* Those that the filter made fail: more of a kind than without it. */
static void print_failed(const struct explained *e, FILE *to)
{
	if (!differs(&e->in[EXPLAIN_FAILED]))
		return;
	for (int i = 0; i < e->real.nfailed; i++)
		if (explain_failed_more(e, i))
			print_how(&e->real.failed[i], explain_failed_more(e, i),
				to);
}

static void print_status(const struct explained *e, FILE *to)
{
	char real[80], let[80];

	if (e->in[EXPLAIN_END].same)
		return;
	explain_end(&e->real, real, sizeof(real));
	explain_end(&e->let, let, sizeof(let));
	if (explain_did_better(e))
		fprintf(to,
			"          %s; when it ran again, %s: what the first "
			"run\n          left behind may be why; not "
			"compared\n",
			real, let);
	else if (e->in[EXPLAIN_END].first)
		fprintf(to,
			"          %s; with the calls let through, and once "
			"more "
			"under the\n          filter, %s\n",
			real, let);
	else if (e->in[EXPLAIN_END].varies)
		fprintf(to,
			"          %s; with the calls let through %s, and %s "
			"once\n          more: what a run leaves behind may be "
			"why; not compared\n",
			real, let, e->once_more);
	else
		fprintf(to, "damage    %s; with the calls let through %s\n",
			real, let);
}

static bool has_open(const struct explain_open *open, int fd)
{
	for (int i = 0; i < open->n && i < EXPLAIN_FDS; i++)
		if (open->list[i].fd == fd)
			return true;
	return false;
}

static void print_open(const struct explained *e, FILE *to)
{
	const struct explain_open *real = &e->real.open, *let = &e->let.open;
	const char *before = ": ";

	if (!differs(&e->in[EXPLAIN_OPEN]))
		return;
	if (real->others > let->others)
		fprintf(to,
			"damage    its other processes ended with %d "
			"descriptors open, and with %d when\n          the "
			"calls are let through\n",
			real->others, let->others);
	if (real->n <= let->n)
		return;
	fprintf(to,
		"damage    it ended with %d descriptors open, and with %d when "
		"the calls are let\n          through",
		real->n, let->n);
	for (int i = 0; i < real->n && i < EXPLAIN_FDS; i++) {
		if (has_open(let, real->list[i].fd))
			continue;
		fprintf(to, "%s%d (%s)", before, real->list[i].fd,
			real->list[i].what);
		before = ", ";
	}
	fprintf(to, "\n");
}

/* What is not in force nobody misses, until it would have mattered. */
static bool lacks_own(const struct explained *e)
{
	return e->let.own_filters && !e->real.own_filters &&
	       strcmp(e->when, "self") != 0;
}

static void print_own(const struct explained *e, FILE *to)
{
	if (lacks_own(e))
		fprintf(to, "damage    no filter of its own is in force at its "
			    "end: one is when the calls\n          are let "
			    "through\n");
}

static void print_spent(const struct explained *e, FILE *to)
{
	const struct explain_tried *t = &e->tried;

	if (differs(&e->in[EXPLAIN_TRIES]))
		fprintf(to,
			"damage    %s was refused %lu times, and is made %lu "
			"times when it is let through\n",
			t->call, t->is, t->was);
	if (differs(&e->in[EXPLAIN_CPU]))
		fprintf(to,
			"damage    it took %.2f s of processor time, and takes "
			"%.2f s with the calls let through\n",
			(double)e->real.cpu_us / 1e6,
			(double)e->let.cpu_us / 1e6);
}

static const char *const ways[EXPLAIN_WAYS] = {
	[EXPLAIN_OUT] = "output",
	[EXPLAIN_ERR] = "error output",
	[EXPLAIN_END] = "end",
	[EXPLAIN_FAILED] = "failed processes",
	[EXPLAIN_OPEN] = "descriptors left open",
	[EXPLAIN_TRIES] = "how often refused calls are made",
	[EXPLAIN_CPU] = "processor time",
};

/* The ways that are so, if any, behind WHAT. */
static void print_ways(
	const struct explained *e, bool first, const char *what, FILE *to)
{
	const char *before = "\n          ";

	for (int i = 0; i < EXPLAIN_WAYS; i++) {
		if (i == EXPLAIN_END ||
			!(first ? e->in[i].first : e->in[i].varies))
			continue;
		fprintf(to, "%s%s%s", what, before, ways[i]);
		before = ", ";
		what = "";
	}
	if (!what[0])
		fprintf(to, "\n");
}

static void print_not_compared(const struct explained *e, FILE *to)
{
	off_t real, let;

	print_ways(e, false,
		"          not the same in two runs with the calls let "
		"through, "
		"so not compared:",
		to);
	print_ways(e, true,
		"          otherwise in the first run alone, not in a second "
		"one "
		"under the filter:",
		to);
	for (int i = EXPLAIN_OUT; i <= EXPLAIN_ERR; i++) {
		if (!e->in[i].beginning)
			continue;
		real = lseek(i ? e->real.err : e->real.out, 0, SEEK_END);
		let = lseek(i ? e->let.err : e->let.out, 0, SEEK_END);
		fprintf(to,
			"          its %s is the same as far as both came, to "
			"byte %lld of %lld\n",
			ways[i], (long long)(real < let ? real : let),
			(long long)(real < let ? let : real));
	}
	if (e->real.cut || e->let.cut)
		fprintf(to,
			"          of what it writes the first %d MiB were "
			"compared\n",
			EXPLAIN_OUTPUT_MAX >> 20);
}

static bool is_same(const struct explained *e)
{
	for (int i = 0; i < EXPLAIN_WAYS; i++)
		if (!e->in[i].same && e->in[i].known)
			return false;
	return true;
}

/* What was looked at, and that another time it may do harm. */
static void print_none(const struct explained *e, FILE *to)
{
	const struct explain_places *places = &e->real.places;
	bool errnos = true;

	if (!is_same(e) || lacks_own(e))
		return;
	for (int i = 0; i < places->n; i++)
		errnos = errnos && explain_errno(places->list[i]->verdict);
	if (e->real.nlost || !places->calls)
		return;
	fprintf(to, "no damage %lu call%s %s; the same without, this time:\n",
		places->calls, places->calls == 1 ? " was" : "s were",
		errnos ? "answered with an errno" : "refused");
	fprintf(to, "          output, error output, end");
	if (e->in[EXPLAIN_FAILED].known)
		fprintf(to, ", failed processes");
	if (e->in[EXPLAIN_OPEN].known)
		fprintf(to, ", descriptors left open");
	fprintf(to,
		"; about the same:\n          %sprocessor time; files "
		"were not compared\n",
		e->in[EXPLAIN_TRIES].known ? "how often refused calls are "
					     "made, "
					   : "");
}

void explain_print_damage(const struct explained *e, FILE *to)
{
	const struct explain_seen *seen = &e->real;

	if (!seen->timed_out && (!seen->ended || !WIFEXITED(seen->status)))
		return;
	if (seen->nlost > 0)
		print_lost(seen, to);
	if (e->let.interrupted || e->unsure) {
		fprintf(to, "          a signal from the terminal came in the "
			    "second run: not compared\n");
		return;
	}
	print_status(e, to);
	if (explain_did_better(e))
		return;
	print_failed(e, to);
	print_written("output", &e->in[EXPLAIN_OUT], seen->out, e->let.out, to);
	print_written(
		"error output", &e->in[EXPLAIN_ERR], seen->err, e->let.err, to);
	print_open(e, to);
	print_own(e, to);
	print_spent(e, to);
	print_not_compared(e, to);
	if (e->spent[0] && !is_same(e))
		fprintf(to,
			"          what one run takes of these the next does "
			"not find:\n          %s\n",
			e->spent);
	print_none(e, to);
}
