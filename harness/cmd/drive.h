/* SPDX-License-Identifier: MIT */
/* drive.h: the options of verbs that run a daemon and ask it for something. */
#ifndef CMD_DRIVE_H
#define CMD_DRIVE_H

#include "explain/explain.h"

#define DRIVE_TIMEOUT 30 /* seconds for a run, unless told */

enum { OPTION_DRIVE = 2000, OPTION_READY, OPTION_STOP, OPTION_HOST_NET };

#define DRIVE_OPTIONS                                                          \
	{ "drive", required_argument, NULL, OPTION_DRIVE },                    \
		{ "ready", required_argument, NULL, OPTION_READY },            \
		{ "stop", required_argument, NULL, OPTION_STOP },              \
	{                                                                      \
		"host-net", no_argument, NULL, OPTION_HOST_NET                 \
	}

/* Takes an option that getopt_long returned, with its argument. 1: taken, 0: it
 * is another's. */
int drive_take(struct explain_drive *d, int option, const char *value);

/* D, or NULL where nothing is to be driven. */
const struct explain_drive *drive_asked(const struct explain_drive *d);

/* 0, or -1 and said: what makes no sense without --drive. */
int drive_check(const struct explain_drive *d, const char *verb);

/* JOBS; or 1, and why is said, where daemons at the same time would meet in one
 * network. */
long drive_jobs(const struct explain_drive *d, long jobs, const char *verb);

#endif
