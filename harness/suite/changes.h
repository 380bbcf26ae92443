/* SPDX-License-Identifier: MIT */
/*
 * changes.h: what differs between two recorded runs, cell by cell. Of a million
 * cells some 80 MB are kept.
 */
#ifndef SUITE_CHANGES_H
#define SUITE_CHANGES_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "suite/words.h"

/* What declarations know of an outcome, from the best to the worst. */
enum change_known { KNOWN_DECLARED, KNOWN_FAILURE, KNOWN_NOTHING, KNOWN_NOT };

enum change_kind { CHANGE_OUTCOME, CHANGE_GONE, CHANGE_NEW };

/* A cell as the two runs have it. */
struct changed {
	uint32_t text[2];    /* the outcomes; WORDS_NONE: not in this run */
	uint16_t release[2]; /* of the kernel */
	uint8_t known[2];
};

struct change {
	uint32_t cell;	/* the number of its name */
	uint32_t cause; /* what differs between the runs that goes with it */
};

struct changes {
	struct words names, texts, releases, causes;
	struct changed *cells; /* by the number of the name */
	size_t room;
	struct change *v;
	size_t n;
	size_t counts[2];
	json_t *about[2]; /* run.json; NULL: there is none */
	bool across;	  /* a cell is the same on whatever kernel */
};

/*
 * Compares the runs in the folders A and B. A cell that was run more than once
 * has all its outcomes. V is sorted: by cause, by outcomes, by name. 0, or a
 * negative errno: -ENOMEM, or as of record_each, said.
 */
int changes_find(struct changes *c, const char *a, const char *b);

/*
 * Fills v[].cause: what differs between the machines and goes with a change:
 * the libc of its flavour, the kernel, or quartet; "" where nothing is known.
 * Where the libc and the kernel differ, the same probe under the same profile
 * in flavours whose libc is the same tells them apart. Pure. 0 or -ENOMEM.
 */
int changes_find_causes(struct changes *c);

/* The text at KEY of run.json of run SIDE, or "?". */
const char *changes_about(const struct changes *c, int side, const char *key);

void changes_free(struct changes *c);

/* How many are no known failure now. */
size_t changes_news(const struct changes *c);

bool changes_differs(const struct changed *cell);

enum change_kind changes_kind(const struct changes *c, const struct change *v);

/* Have they one cause, one pair of outcomes, one standing? Of what is gone or
 * new the outcome does not matter. */
bool changes_same(const struct changes *c, const struct change *a,
	const struct change *b);

/* The outcomes of a cell in run SIDE, fit to be shown, in the SIZE bytes at
 * TO. */
void changes_outcome(const struct changes *c, const struct changed *cell,
	int side, char *to, size_t size);

/*
 * Prints C to OUT for people: what differs between the machines, groups of
 * what changed in one way, what the cells of a group share, and at most SHOWN
 * cells of each group. 0 or -ENOMEM.
 */
int changes_print(const struct changes *c, size_t shown, FILE *out);

/* The same as one JSON object with every change. 0 or -ENOMEM. */
int changes_json(const struct changes *c, FILE *out);

#endif
