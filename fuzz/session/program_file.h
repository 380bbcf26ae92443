/* SPDX-License-Identifier: MIT */
/* program_file.h: loads futex programs and the filter that they run under. */
#ifndef SESSION_PROGRAM_FILE_H
#define SESSION_PROGRAM_FILE_H

#include "profile/profile.h"
#include "program/program.h"
#include "sys/failure.h"

/* Reads a program, as text or in its binary form. 0, or -1 and F tells what is
 * wrong. */
int program_file_load(const char *path, struct program *p, struct failure *f);

/* The filter of a profile, by name or file; the same. */
int program_file_profile(
	const char *profile, struct filter *bpf, struct failure *f);

#endif
