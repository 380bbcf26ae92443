/* SPDX-License-Identifier: MIT */
/* guest_work.h: runs the cells that come on a line. */
#ifndef SUITE_GUEST_WORK_H
#define SUITE_GUEST_WORK_H

#include "suite/link.h"

/* Until the host says that there are no more. The boxes lie below BASE. Returns
 * an exit status. */
int guest_work(struct link *line, const char *base);

#endif
