/* SPDX-License-Identifier: MIT */
/* words.h: the words of the text form. */
#ifndef PROGRAM_WORDS_H
#define PROGRAM_WORDS_H

#include "program/program.h"

#define OP_NAMES 14

extern const char *const memory_names[MEMORY_KINDS];
extern const char *const step_names[STEP_KINDS];
extern const char *const broken_names[BROKEN_KINDS];
extern const char *const op_names[OP_NAMES];

#endif
