/* SPDX-License-Identifier: MIT */
/*
 * needs.h: what programs need of a profile, and the probes that show it: for
 * one who asks what works under a file of his own, of which nothing is
 * declared.
 */
#ifndef SUITE_NEEDS_H
#define SUITE_NEEDS_H

#include <stdbool.h>
#include <stdio.h>

#include "suite/rows.h"
#include "suite/suite.h"

/* Whether SEL asks for that: files alone, and no pattern. Selects their cells
 * then, each a second time where an errno kills, which tells the call. */
bool needs_select(struct selection *sel);

/* Whether needs_print() looks at a line of a record. */
bool needs_line(const struct line *l);

/* Prints for each file what works under it, for each flavour, and which call is
 * refused where something does not. ROWS are sorted. False: there is none. */
bool needs_print(const struct rows *rows, FILE *out);

#endif
