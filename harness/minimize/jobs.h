/* SPDX-License-Identifier: MIT */
/* jobs.h: several runs at the same time, each in a process of its own. */
#ifndef MINIMIZE_JOBS_H
#define MINIMIZE_JOBS_H

#include <stddef.h>

#define MINIMIZE_JOBS 64

struct minimize;

/* Room of SIZE bytes, zeroed, that the jobs share with us, or NULL. */
void *minimize_jobs_room(size_t size);
void minimize_jobs_free(void *room, size_t size);

/*
 * Calls WORK with each number below N, at the same time, each in a process of
 * its own that has what M has; what it finds it leaves in room that is shared.
 * Each counts as a run. Returns when all have ended. m->stopped is set when we
 * were asked to end meanwhile; who could not be started has found nothing.
 */
void minimize_jobs(struct minimize *m, size_t n,
	void (*work)(struct minimize *m, size_t i, void *with), void *with);

#endif
