/* SPDX-License-Identifier: MIT */
/* error.h: why a profile was refused. */
#ifndef PROFILE_ERROR_H
#define PROFILE_ERROR_H

#include <stdbool.h>

/* Where and why a profile was refused: "FILE:LINE:COLUMN: message". */
struct profile_error {
	char text[512];
	bool system; /* the profile may be right: the machine lacked something
		      */
};

/* Whether ERR, an errno, tells of the machine rather than of a file. */
bool profile_error_is_system(int err);

#endif
