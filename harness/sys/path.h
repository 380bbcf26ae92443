/* SPDX-License-Identifier: MIT */
/* path.h: programs that a name finds. */
#ifndef SYS_PATH_H
#define SYS_PATH_H

#include <stdbool.h>

/* Does $PATH lead to PROGRAM? */
bool path_has(const char *program);

#endif
