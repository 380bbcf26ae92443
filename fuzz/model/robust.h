/* SPDX-License-Identifier: MIT */
/*
 * robust.h: the end of a thread that has a robust list, or locks (exit(2);
 * kernel/futex/core.c, futex_exit_release). It comes after the step `exit`, bit
 * by bit.
 */
#ifndef MODEL_ROBUST_H
#define MODEL_ROBUST_H

#include "model/state.h"

enum model_end {
	END_NONE,
	END_BEGINS, /* it has called exit(2) */
	END_CLEANS, /* who wants to wait for it waits until it is dead */
	END_DEAD,
};

/* The thread's next part. A waiter of a pending operation is woken or not, by
 * the kernel's age, where the word is another's: *CHOSE says so, WAKES tells
 * which. */
void model_die(struct model *m, int thread, bool wakes, bool *chose);

/* The robust lists are such as the model knows. */
bool model_knows_lists(const struct program *p);

#endif
