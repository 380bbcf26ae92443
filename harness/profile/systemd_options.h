/* SPDX-License-Identifier: MIT */
/*
 * systemd_options.h: the settings of a unit that load filters of their own
 * beside its list of calls, as src/shared/seccomp-util.c of systemd 252 has
 * them. Pure, but for a word on standard error.
 */
#ifndef PROFILE_SYSTEMD_OPTIONS_H
#define PROFILE_SYSTEMD_OPTIONS_H

#include "profile/systemd_list.h"

#define SYSTEMD_FAMILIES   64
#define SYSTEMD_NAMESPACES 0x7e020000u /* CLONE_NEW* but that of time */
#define SYSTEMD_NEWTIME	   0x00000080u

/* Those that are on or off. */
enum systemd_switch {
	SWITCH_WRITE_EXECUTE,
	SWITCH_REALTIME,
	SWITCH_SETID,
	SWITCH_DYNAMIC_USER, /* has SWITCH_SETID with it */
	SWITCH_TUNABLES,
	SWITCH_MODULES,
	SWITCH_LOGS,
	SWITCH_CLOCK,
	SWITCH_HOSTNAME,
	SWITCH_DEVICES,
	SWITCH_PERSONALITY,
	NSWITCHES,
};

struct systemd_options {
	struct systemd_at on[NSWITCHES]; /* line 0: off */
	uint32_t personality;		 /* that is locked */
	struct systemd_at families, namespaces;
	bool families_begun, families_allowed;
	bool family[SYSTEMD_FAMILIES];
	bool namespaces_begun;
	uint32_t retained; /* namespaces, CLONE_NEW* */
};

/* Takes KEY=VALUE, which stands AT, unless it is none of these: 1. 0, or -1 and
 * WHY. */
int systemd_option(struct systemd_options *o, const struct systemd_at *at,
	const char *key, char *value, char why[SYSTEMD_WHY]);

/* Whether any of them loads a filter. */
bool systemd_options_any(const struct systemd_options *o);

/*
 * Puts what they refuse of what P, whose rules and architectures are settled,
 * lets pass among its rules. Names on standard error what is not read. 0, or -1
 * and ERR.
 */
int systemd_options_add(const struct systemd_options *o, struct profile *p,
	struct profile_error *err);

#endif
