/* SPDX-License-Identifier: MIT */
/* condition_write.h: conditions on arguments as text and as JSON. */
#ifndef PROFILE_CONDITION_WRITE_H
#define PROFILE_CONDITION_WRITE_H

#include <jansson.h>
#include <stdio.h>

#include "profile/condition.h"

/* Whether they are not written out: some ten thousand ranges of a filter that
 * is made to have them. */
bool conditions_are_long(const struct conditions *c);

/* "arg0 == 0x28 && arg1 & 0xf != 0x1 || arg2 in {0x1, 0x3-0x5}": low32(arg0) is
 * its lower half, arg0 >> 32 the upper one, ip the instruction pointer. */
void conditions_write(const struct conditions *c, FILE *to);

/* An array of arrays: of one of them each object holds. {"arg": 0, "of": "low",
 * "in": [[first, last], ...]}, or {"arg": 0, "mask": m, "value": v, "equal":
 * true}; numbers are text in hexadecimal. NULL: no memory. */
json_t *conditions_json(const struct conditions *c);

#endif
