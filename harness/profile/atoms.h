/* SPDX-License-Identifier: MIT */
/*
 * atoms.h: the values of a word that filters do not tell apart: numbers of
 * calls, architectures. Pure code.
 */
#ifndef PROFILE_ATOMS_H
#define PROFILE_ATOMS_H

#include "profile/graph.h"

/* Where ranges begin: each ends before the next one, the last with the last
 * value. */
struct atoms {
	size_t n, size;
	uint32_t *first;
	/* False: a node tests some bits of the word in a way that ranges do not
	 * say, or there was no memory; values of one range may differ. */
	bool whole;
};

/* One range of all values; atoms_end ends it. */
void atoms_begin(struct atoms *a);
void atoms_end(struct atoms *a);

/* Adds what the nodes behind NODE tell apart of WORD; a value by itself; a
 * value where a range begins. atoms_sort comes behind the last of these. */
void atoms_of(
	struct atoms *a, const struct graph *g, uint32_t node, unsigned word);
void atoms_value(struct atoms *a, uint32_t value);
void atoms_cut(struct atoms *a, uint32_t first);
void atoms_sort(struct atoms *a);

/* The last value of range I. */
uint32_t atoms_last(const struct atoms *a, size_t i);

#endif
