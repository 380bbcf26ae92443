/* SPDX-License-Identifier: MIT */
/*
 * has.h: what this machine has, asked once. The features that a declaration
 * may name in `.has`.
 */
#ifndef SYS_HAS_H
#define SYS_HAS_H

#include <stdbool.h>

/* True when FEATURE is known and present. */
bool has_feature(const char *feature);

/* True when a feature of that name exists, present or not. */
bool has_known(const char *feature);

/* The I-th feature's name, or NULL behind the last. */
const char *has_name(int i);

#endif
