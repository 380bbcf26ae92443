/* SPDX-License-Identifier: MIT */
/* untraced.h: a pass of a program that may not be traced. */
#ifndef EXPLAIN_UNTRACED_H
#define EXPLAIN_UNTRACED_H

#include <linux/seccomp.h>

#include "explain/pass.h"

/* Loads FILTER as the pass wants it, and lets TASK, which is stopped, go on
 * without a tracer. 0 or a negative errno. */
int pass_load_untraced(
	struct pass *pass, struct pass_task *task, struct filter *filter);

/* True when a thread sleeps until we answer its listener: in a call that it has
 * not made yet, whatever /proc says. */
bool pass_is_asked(const struct pass *pass);

/* Waits for what the listener tells, for a moment. True: a thread sleeps at the
 * call in N until pass_let_go. */
bool pass_listen(struct pass *pass, struct seccomp_notif *n);
void pass_let_go(const struct pass *pass, const struct seccomp_notif *n);

/* Remembers who of the command's there is, for pass_read_log. */
void pass_know(struct pass *pass);

/* Reads in the kernel's log who of those was killed, where nobody else could
 * see it. */
void pass_read_log(struct pass *pass);

#endif
