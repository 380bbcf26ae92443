/* SPDX-License-Identifier: MIT */
/* written.h: a profile that a verb made, for its user. */
#ifndef CMD_WRITTEN_H
#define CMD_WRITTEN_H

struct profile;

/* Writes P as OCI JSON to FILE, or to standard output where that is NULL, and
 * frees it. Returns VERB's exit code; what went wrong is said. */
int cmd_write_profile(const char *verb, struct profile *p, const char *file);

#endif
