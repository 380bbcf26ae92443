/* SPDX-License-Identifier: MIT */
/* beside.h: what was built, or installed, in the folder of this program. */
#ifndef SYS_BESIDE_H
#define SYS_BESIDE_H

#include <stddef.h>

/*
 * The path of NAME in the folder where the running program lies
 * (/proc/self/exe); of the folder itself if NAME is NULL. 0 or a negative
 * errno: -ENAMETOOLONG when SIZE is too small.
 */
int beside_path(char *path, size_t size, const char *name);

/* Why it cannot be had, and what to do, in words; ERR is what it returned. */
const char *beside_why(int err);

#endif
