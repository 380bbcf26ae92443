/* SPDX-License-Identifier: MIT */
/* reported.h: what the kernel says of itself while a cell runs. */
#ifndef SUITE_REPORTED_H
#define SUITE_REPORTED_H

#include <stdbool.h>

#include "suite/evidence.h"

/* From here on. Before each cell, and only the first time it matters. */
void reported_begin(void);

/*
 * EV->report gets the first report (sys/kernel_report.h) that the kernel's log
 * has since the last call: where ALONE, nothing but cells runs on this kernel,
 * any; else one that names a thread of the cell. Where the log cannot be read:
 * none.
 */
void reported_take(bool alone, struct evidence *ev);

#endif
