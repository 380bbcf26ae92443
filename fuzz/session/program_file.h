/* SPDX-License-Identifier: MIT */
/* program_file.h: what the verbs that take futex programs have in common. */
#ifndef SESSION_PROGRAM_FILE_H
#define SESSION_PROGRAM_FILE_H

#include "profile/profile.h"
#include "program/program.h"

/* Reads a program, as text or in its binary form. 0, or the exit code after
 * telling what is wrong. */
int program_file_load(const char *verb, const char *path, struct program *p);

/* The filter of a profile, by name or file; the same. */
int program_file_profile(
	const char *verb, const char *profile, struct filter *bpf);

#endif
