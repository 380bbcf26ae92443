/* SPDX-License-Identifier: MIT */
/*
 * drive.h: the command is a daemon, and another command asks it for something.
 * The daemon begins under the filter; once it is ready the driver runs, beside
 * the filter; then the daemon is told to end. The driver's streams and status
 * are the pass's.
 */
#ifndef EXPLAIN_DRIVE_H
#define EXPLAIN_DRIVE_H

#include "explain/pass.h"

/* Before the daemon is forked, where it is to be driven. 0 or a negative errno.
 */
int drive_open(struct pass *pass);

/* In the daemon, before its exec: its streams, and its network. Async-signal-
 * safe. */
void drive_enter(const struct pass *pass);

/* Time went by. */
void drive_tick(struct pass *pass);

/* PID, a child of ours, ended. True: it was none of the daemon's processes. */
bool drive_ended(struct pass *pass, pid_t pid, int status);

/* All have ended: what of it is the pass's. */
void drive_close(struct pass *pass);

#endif
