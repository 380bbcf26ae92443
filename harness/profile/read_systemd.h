/* SPDX-License-Identifier: MIT */
/* read_systemd.h: the system calls that a systemd unit filters. Pure. */
#ifndef PROFILE_READ_SYSTEMD_H
#define PROFILE_READ_SYSTEMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "profile/error.h"

struct profile;

/*
 * Fills P, which is zero but for its names, by the settings of a unit that make
 * filters (systemd.exec(5)), for a systemd of the architecture NATIVE,
 * SCMP_ARCH_*; the sets are those of one version (profile/systemd_sets.inc).
 * FILES: its drop-ins are read too, if it has some beside it. 0, or -1 and ERR.
 */
int systemd_read(struct profile *p, uint32_t native, const char *text,
	size_t size, bool files, struct profile_error *err);

#endif
