/* SPDX-License-Identifier: MIT */
/* options.h: the options that several verbs take. */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "suite/suite.h"

#define OPTIONS_SELECT_SHORT "x:p:f:k:I:t:"
enum {
	OPTION_SHARD = 256,
	OPTION_OUTER,
	OPTION_RESUME,
	OPTION_REPEAT,
	OPTION_JSON,
	OPTION_FLAVOURS,
	OPTION_KERNELS,
	OPTION_HTML,
	OPTION_WITH,
	OPTION_FUZZ,
	OPTION_KNOWN,
	OPTION_ANSWERS
};

/*
 * Takes one option that getopt_long returned, when it is one of those that
 * select cells (-x, -p, -I, -t, -f, -k, --shard). 1 when taken, 0 when it is
 * another's, -1 for a wrong argument, said on stderr.
 */
int options_select(struct selection *sel, int option, const char *value);

/* -I: a folder of profile_include; -t: a thread of profile_thread. 0 or -1,
 * said. */
int options_profile(int option, const char *value);

/* --known: a file of known.h, which is read to be sure. 0 or -1, said. */
int options_known(const char *path);

/* The arguments behind the options are patterns. 0 or -1, said. */
int options_patterns(struct selection *sel, int n, char **patterns);

/* A whole number from MIN to MAX, or -1, said on stderr with NAME. */
long options_number(const char *name, const char *text, long min, long max);

#endif
