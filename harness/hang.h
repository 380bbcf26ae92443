/* SPDX-License-Identifier: MIT */
/*
 * hang.h: from thread states to a proof that nobody can wake them.
 *
 * The proof reads every thread of every process of a cell twice. A thread that
 * slept in both readings with unchanged context-switch counts has not run in
 * between (/proc/PID/task/TID/status, kernel/sched: each wake-up is a switch),
 * so between the two all slept at once. Then it shows for each what could wake
 * it, and that this cannot come.
 */
#ifndef HANG_H
#define HANG_H

#include <stdbool.h>
#include <sys/types.h>

#include "evidence.h"

/* What is known of the cell beside what /proc tells. */
struct hang_facts {
	const pid_t *pids; /* its processes, all that live */
	int npids;
	bool timers_impossible; /* no interval timer ran at arming, and the
				   filter lets nobody make one */
	bool overlook_itimers;	/* take it that no interval timer runs: then
				   what holds is likely, and no proof */
	dev_t shared_dev; /* the object that the runner itself shares with the
			     cell: not counted as an outside mapper */
	ino_t shared_ino;
};

/*
 * Looks at the cell's threads and fills HANG: every thread with its state, the
 * call it is in, and in words what it waits for. Returns true when the hang is
 * proven; false when somebody runs, may be woken, or could not be read, with
 * the reason. Reads /proc only; stops nobody.
 */
bool hang_prove(const struct hang_facts *facts, struct hang *hang);

#endif
