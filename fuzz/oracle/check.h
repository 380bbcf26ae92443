/* SPDX-License-Identifier: MIT */
/*
 * check.h: runs programs, and holds what they did against what futex(2)
 * promises. One oracle, one promise; the first that is broken is told.
 */
#ifndef ORACLE_CHECK_H
#define ORACLE_CHECK_H

#include "executor/executor.h"
#include "oracle/finding.h"

/*
 * The oracles, in the order in which they are asked:
 *   sandbox       the filter killed nobody for a call that it allows
 *   liveness      every wait ends when all that can be woken was woken
 *   isolation     no other process's waiter was woken; no descriptor or thread
 *                 appeared
 *   results       each return value is one that the arguments allow
 *   conservation  each wake that was told of woke one waiter, and only such
 *   memory        no byte changed but by a step's or robust list's rule
 *   model         some order of the steps gives what was seen (model/order.h)
 *   twin          without a filter the same is returned
 */
struct checker;

/*
 * Under a filter that allows read, write, futex and exit at least for some
 * arguments. NULL with errno set; EPERM when the filter does not.
 */
struct checker *checker_open(const struct filter *bpf);

/* Runs P once. 0: every promise was kept; 1: *FINDING tells which was not; or a
 * negative errno. */
int checker_run(struct checker *c, const struct program *p,
	struct result *result, struct finding *finding);

void checker_close(struct checker *c);

#endif
