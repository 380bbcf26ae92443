/* SPDX-License-Identifier: MIT */
/* run.h: what a recorded run was asked for. */
#ifndef CMD_RUN_H
#define CMD_RUN_H

#include <jansson.h>

#include "suite/suite.h"

/*
 * What the run was asked for that ABOUT, its run.json, tells of: which cells,
 * and how often. SEL points into ABOUT. False: it does not tell.
 */
bool run_was_asked(const json_t *about, struct selection *sel, long *repeat);

#endif
