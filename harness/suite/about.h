/* SPDX-License-Identifier: MIT */
/*
 * about.h: run.json: what a reader must know to repeat a run, to go on with it
 * or to doubt it.
 */
#ifndef SUITE_ABOUT_H
#define SUITE_ABOUT_H

#include <jansson.h>
#include <stdbool.h>

#include "suite/suite.h"

/* About a run of the cells of S, as it was asked for. To be freed. */
json_t *about_make(const struct suite *s, int argc, char **argv);

/* Writes it to DIR, whole or not at all. 0 or a negative errno, said. */
int about_write(const char *dir, const struct suite *s, int argc, char **argv);

/* As it stands in DIR; NULL: there is none, or it is no JSON. */
json_t *about_read(const char *dir);

/*
 * Would a run that is about NOW add to the one that is about THEN what that
 * left out: the same tool, machine, libcs, cells and filters? When not, WHY
 * says what differs.
 */
bool about_same(const json_t *then, const json_t *now, char *why, size_t size);

#endif
