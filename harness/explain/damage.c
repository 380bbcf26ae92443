/* SPDX-License-Identifier: MIT */
/* damage.c: what went wrong without a word. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explain/filter.h"
#include "explain/report.h"
#include "sys/text.h"

static void print_lost(const struct explain_seen *seen, FILE *to)
{
	fprintf(to, "damage    it exited %d, but %s had killed:\n",
		WEXITSTATUS(seen->status), explain_whose(seen->lost[0].place));
	for (int i = 0; i < seen->nlost && i < EXPLAIN_LOST; i++) {
		const struct explain_lost *lost = &seen->lost[i];
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
		fprintf(to, ", at %s: %s%s%s\n",
			lost->place ? lost->place->call : "?", chain,
			other ? ", by " : "",
			other ? explain_whose(lost->place) : "");
	}
	if (seen->nlost > EXPLAIN_LOST)
		fprintf(to, "          and %d more\n",
			seen->nlost - EXPLAIN_LOST);
}

static unsigned long count_errnos(const struct explain_seen *seen)
{
	unsigned long n = 0;

	for (int i = 0; i < seen->places.n; i++)
		if (explain_errno(seen->places.list[i]->verdict))
			n += seen->places.list[i]->count;
	return n;
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
	if (c->same)
		return;
	if (c->varies) {
		fprintf(to,
			"%-9s is not the same in two runs without a filter: "
			"not "
			"compared\n",
			what);
		return;
	}
	fprintf(to,
		"damage    its %s is not what it is with the calls let "
		"through, from byte %lld on:\n",
		what, (long long)c->at);
	print_bytes("filtered", real, c->at, to);
	print_bytes("let go  ", let, c->at, to);
}

/* How many of the processes of that name, of those before the first UNTIL,
 * ended so. */
static int count_failed(const struct explain_seen *seen, int until,
	const struct explain_failed *like)
{
	int n = 0;

	for (int i = 0; i < seen->nfailed && i < until; i++)
		n += seen->failed[i].status == like->status &&
		     !strcmp(seen->failed[i].comm, like->comm);
	return n;
}

static void print_how(const struct explain_failed *f, int more, FILE *to)
{
	int sig = WIFSIGNALED(f->status) ? WTERMSIG(f->status) : 0;

	fprintf(to, "damage    process %d (%s) ", f->process, f->comm);
	if (sig && sigabbrev_np(sig))
		fprintf(to, "was killed by SIG%s", sigabbrev_np(sig));
	else if (sig)
		fprintf(to, "was killed by signal %d", sig);
	else
		fprintf(to, "exited %d", WEXITSTATUS(f->status));
	if (more)
		fprintf(to,
			", as did %d more, and so many do not without the "
			"filter\n",
			more);
	else
		fprintf(to, ", and would not without the filter\n");
}

/* Those that the filter made fail: more of a name than without it. Where there
 * were too many to be kept nobody knows. True when there are. */
static bool print_failed(const struct explained *e, FILE *to)
{
	const struct explain_seen *seen = &e->real;
	bool any = false;

	if (seen->nfailed > EXPLAIN_LOST || e->let.nfailed > EXPLAIN_LOST)
		return true;
	for (int i = 0; i < seen->nfailed; i++) {
		const struct explain_failed *f = &seen->failed[i];
		int all = count_failed(seen, EXPLAIN_LOST, f);

		/* Each kind once. */
		if (count_failed(seen, i, f) ||
			all <= count_failed(&e->let, EXPLAIN_LOST, f))
			continue;
		any = true;
		print_how(f, all - 1, to);
	}
	return any;
}

/* Under the filter it ends well, and without it does not. */
static bool did_better(const struct explained *e)
{
	return e->let.ended && e->let.status && !e->real.status;
}

static void print_status(const struct explained *e, FILE *to)
{
	char end[80];

	if (!e->let.ended || e->let.status == e->real.status)
		return;
	explain_end(&e->let, end, sizeof(end));
	if (did_better(e)) {
		fprintf(to,
			"          it exited 0, and %s when it ran again: what "
			"the first run\n          left behind may be why; not "
			"compared\n",
			end + strlen("it "));
		return;
	}
	fprintf(to, "damage    it exited %d; with the calls let through %s\n",
		WEXITSTATUS(e->real.status), end);
}

void explain_print_damage(const struct explained *e, FILE *to)
{
	const struct explain_seen *seen = &e->real;
	unsigned long errnos = count_errnos(seen);
	bool failed;

	if (!seen->ended || !WIFEXITED(seen->status))
		return;
	if (seen->nlost > 0)
		print_lost(seen, to);
	if (e->let.interrupted) {
		fprintf(to, "          a signal from the terminal came in the "
			    "second run: not compared\n");
		return;
	}
	print_status(e, to);
	if (did_better(e))
		return;
	failed = print_failed(e, to);
	print_written("output", &e->out, e->real.out, e->let.out, to);
	print_written("error output", &e->err, e->real.err, e->let.err, to);
	if (errnos && !failed && seen->nfailed == e->let.nfailed &&
		!seen->nlost && e->out.same && e->err.same &&
		e->let.status == seen->status)
		fprintf(to,
			"no damage %lu call%s answered with an errno; output, "
			"error output and end\n          were compared, and "
			"are "
			"the same without: this time\n",
			errnos, errnos == 1 ? " was" : "s were");
}
