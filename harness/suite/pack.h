/* SPDX-License-Identifier: MIT */
/* pack.h: many records in little room: each value is written once. Pure. */
#ifndef SUITE_PACK_H
#define SUITE_PACK_H

#include <jansson.h>

/*
 * VALUES holds each value once. A text, a number, true, false and null stand as
 * they are; a list as [-1, PLACE...]; an object as [SHAPE, PLACE...], where
 * SHAPES[SHAPE] names its keys and each PLACE is one in VALUES.
 */
struct pack {
	json_t *values, *shapes;
	json_t *place_of; /* of a value, by its text */
};

/* 0 or -ENOMEM. */
int pack_open(struct pack *p);

/* The place of V; -ENOMEM. */
json_int_t pack_add(struct pack *p, const json_t *v);

/* An object as [SHAPE, PLACE...], which is not kept in VALUES; NULL: no
 * memory. */
json_t *pack_row(struct pack *p, const json_t *object);

void pack_close(struct pack *p);

#endif
