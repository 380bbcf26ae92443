/* SPDX-License-Identifier: MIT */
/* read_seccompiler.h: the JSON of rust-vmm's seccompiler. */
#ifndef PROFILE_READ_SECCOMPILER_H
#define PROFILE_READ_SECCOMPILER_H

#include "profile/json.h"
#include "profile/narrow.h"

#define SECCOMPILER_CHECKS 32 /* of a rule */

/* Whether O is an object of filters, one for each thread. */
bool seccompiler_is(const json_t *o);

/* Fills R->p from the filter of the R->thread, or of the only
 * one. 0, or -1 and the error. */
int seccompiler_read(struct json_reader *r, const json_t *o);

/* Fills LIST, which is zero, from the "args" of a rule. How many, or -1 and the
 * error. */
int seccompiler_checks(struct json_reader *r, const json_t *v,
	struct narrow list[SECCOMPILER_CHECKS]);

/* The value of {"NAME": VALUE}, as actions and operators are written. NULL: V
 * is no such object. */
const json_t *seccompiler_member(const json_t *v, const char **name);

#endif
