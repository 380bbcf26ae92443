/* SPDX-License-Identifier: MIT */
/* look.h: what stopped threads of a cell tell. */
#ifndef SUITE_LOOK_H
#define SUITE_LOOK_H

#include "suite/traced.h"

/* At the exit stop of TASK: was it refused a call, or killed by a signal? */
void trace_exit(struct trace *t, const struct task *task);

/* At the delivery of SIG to TASK. */
void trace_signal(struct trace *t, const struct task *task, int sig);

/* Deals with what waitpid(2) gave. */
typedef void trace_taker(struct trace *t, pid_t pid, int status);

/* Has process PID no interval timer that runs? Asks by its thread TID, which
 * has no filter and sleeps, and lets it go on (hang_facts.no_itimer). */
enum hang_answer trace_no_itimer(struct trace *t, pid_t tid, trace_taker *take);

/*
 * Stops each thread of EV->hang and walks its stack. They are killed after.
 * What comes in place of a stop goes to TAKE: they may end meanwhile.
 */
void trace_hang_stacks(struct trace *t, trace_taker *take);

#endif
