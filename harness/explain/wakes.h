/* SPDX-License-Identifier: MIT */
/* wakes.h: refused calls that were to wake somebody who waits. */
#ifndef EXPLAIN_WAKES_H
#define EXPLAIN_WAKES_H

#include "explain/pass.h"
#include "explain/places.h"

/* Refusal R of TASK, at PLACE, was answered with an errno: is it to be kept?
 * PLACE NULL: there was no room for it. */
void wakes_note(struct pass *pass, const struct pass_task *task,
	const struct explain_refusal *r, const struct explain_place *place);

/*
 * Does a thread of the hang wait, without a time-out, for what such a call was
 * to do? *WHO is its number there, *FD its descriptor or -1. NULL: none does,
 * or the calls that would tell were too many.
 */
const struct pass_wake *wakes_missed(
	const struct pass *pass, const struct hang *hang, int *who, int *fd);

/* Leaves in H what wakes_missed tells, as its cause. */
void wakes_say(const struct pass *pass, struct explain_hang *h);

#endif
