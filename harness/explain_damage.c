/* SPDX-License-Identifier: MIT */
/* explain_damage.c: what went wrong without a word. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explain_filter.h"
#include "explain_report.h"

static void print_lost(const struct explain_seen *seen, FILE *to)
{
	fprintf(to, "damage    it exited %d, but the filter had killed:\n",
		WEXITSTATUS(seen->status));
	for (int i = 0; i < seen->nlost && i < EXPLAIN_LOST; i++) {
		const struct explain_lost *lost = &seen->lost[i];
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
		fprintf(to, ", at %s: %s\n",
			lost->place ? lost->place->call : "?", chain);
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
	char buf[33];
	ssize_t n = pread(fd, buf, sizeof(buf) - 1, at);

	fprintf(to, "          %s: ", name);
	if (n <= 0) {
		fprintf(to, "it ends there\n");
		return;
	}
	fputc('"', to);
	for (ssize_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)buf[i];

		if (c >= ' ' && c < 127)
			fputc(c, to);
		else
			fprintf(to, "\\x%02x", c);
	}
	fprintf(to, "\"\n");
}

static void print_output(const struct explained *e, FILE *to)
{
	if (e->same_output)
		return;
	if (e->varies) {
		fprintf(to, "output    is not the same in two runs without a "
			    "filter: not compared\n");
		return;
	}
	fprintf(to,
		"damage    its output is not what it is with the calls let "
		"through, from byte %lld on:\n",
		(long long)e->differs_at);
	print_bytes("filtered", e->real.out, e->differs_at, to);
	print_bytes("let go  ", e->let.out, e->differs_at, to);
}

static void print_status(const struct explained *e, FILE *to)
{
	char end[80];

	if (!e->let.ended || e->let.status == e->real.status)
		return;
	explain_end(&e->let, end, sizeof(end));
	fprintf(to, "damage    it exited %d; with the calls let through %s\n",
		WEXITSTATUS(e->real.status), end);
}

void explain_print_damage(const struct explained *e, FILE *to)
{
	const struct explain_seen *seen = &e->real;
	unsigned long errnos = count_errnos(seen);

	if (!seen->ended || !WIFEXITED(seen->status))
		return;
	if (seen->nlost > 0)
		print_lost(seen, to);
	print_status(e, to);
	print_output(e, to);
	if (errnos && e->same_output && e->let.status == seen->status)
		fprintf(to,
			"no damage %lu call%s answered with an errno, and its "
			"status and output are the same without\n",
			errnos, errnos == 1 ? " was" : "s were");
}
