/* SPDX-License-Identifier: MIT */
/* error.h: why a profile was refused. */
#ifndef PROFILE_ERROR_H
#define PROFILE_ERROR_H

/* Where and why a profile was refused: "FILE:LINE:COLUMN: message". */
struct profile_error {
	char text[512];
};

#endif
