/* SPDX-License-Identifier: MIT */
/* systemd_list.h: the calls of a list of systemd's, as its words add and take
 * them. Pure, but for a word on standard error. */
#ifndef PROFILE_SYSTEMD_LIST_H
#define PROFILE_SYSTEMD_LIST_H

#include <stdbool.h>

#include "profile/rules.h"

#define SYSTEMD_WHY 200

/* Where something stands: a file, by its name and its number in the profile. */
struct systemd_at {
	const char *where;
	unsigned file;
	int line;
};

/* In place of an errno: */
#define KILL_PROCESS (-1)
#define NONE	     (-2)

/* The rule of P for the call NAME, or NULL. */
struct profile_rule *systemd_find(struct profile *p, const char *name);

/*
 * Puts WORD, a call or a set, among the rules of P, with ERROR in place of an
 * action till all was read, or, not to KEEP it, takes it out. A name that this
 * libseccomp does not know is left out, and told to stand AT its place,
 * unless it is a set's. 0, or -1 and WHY.
 */
int systemd_put(struct profile *p, const struct systemd_at *at,
	const char *word, int error, bool keep, char why[SYSTEMD_WHY]);

#endif
