/* SPDX-License-Identifier: MIT */
/* name.h: what a symbol is called by people. Pure. */
#ifndef STACK_NAME_H
#define STACK_NAME_H

#include <stddef.h>

#define NAME_ROOM 128 /* for what is shown of one */

/*
 * SYMBOL, a stranger's, as its author wrote it: C++ and Rust (legacy and v0)
 * demangled, without parameters and hashes; of other symbols, without what a
 * compiler or a linker put behind a dot or an '@'. Fit for terminals and JSON,
 * and "..." where it was cut. SIZE: NAME_ROOM at most is filled.
 */
void name_show(const char *symbol, char *to, size_t size);

#endif
