/* SPDX-License-Identifier: MIT */
/* journal.h: what was tried, on disk: who is interrupted goes on from there. */
#ifndef MINIMIZE_JOURNAL_H
#define MINIMIZE_JOURNAL_H

#include <stdbool.h>

struct minimize;
struct minimize_tried;

/*
 * The journal of M is to be at PATH. RESUME: what it holds from before is kept
 * for minimize_journal_take, if it is of the same question: the same commands,
 * programs, inputs and profiles. 0, or -1 and m->failure tells; no journal
 * there is no failure.
 */
int minimize_journal_open(struct minimize *m, const char *path, bool resume);

/* Begins it, where it is to be, once it is known what the command calls: each
 * set that is tried is a line there, as soon as it was. What was kept is known
 * to M from now on. 0, or -1 and m->failure tells. */
int minimize_journal_take(struct minimize *m);

/* Adds a line, where there is a journal. */
void minimize_journal_add(
	const struct minimize *m, const struct minimize_tried *t);

/* KEEP: it stays on disk. */
void minimize_journal_close(struct minimize *m, bool keep);

#endif
