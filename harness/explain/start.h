/* SPDX-License-Identifier: MIT */
/* start.h: the command is forked and traced, and gets the terminal. */
#ifndef EXPLAIN_START_H
#define EXPLAIN_START_H

#include "explain/pass.h"

/*
 * Starts the command, which from now on is who Ctrl-C is meant for. 0 or a
 * negative errno, and nothing of it is left.
 */
int pass_start(struct pass *pass);

/* What the terminal sends is ours again. True when it sent something. */
bool pass_take_back(void);

#endif
