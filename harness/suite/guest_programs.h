/* SPDX-License-Identifier: MIT */
/* guest_programs.h: runs futex programs that come on a line. */
#ifndef SUITE_GUEST_PROGRAMS_H
#define SUITE_GUEST_PROGRAMS_H

#include "profile/profile.h"
#include "suite/link.h"

/* Sends LINK_HAS. 0 or a negative errno. */
int guest_has(struct link *line);

/* Does what LINK_PROGRAM asks for, under BPF, which is the same each time, and
 * sends LINK_SEEN. 0 or a negative errno. */
int guest_program(struct link *line, const struct filter *bpf,
	const struct link_head *head, const char *data);

#endif
