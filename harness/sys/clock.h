/* SPDX-License-Identifier: MIT */
/* clock.h: how late it is, for what is compared with itself. */
#ifndef SYS_CLOCK_H
#define SYS_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Nanoseconds by CLOCK; 0 when the kernel knows none such. */
static inline uint64_t clock_ns(clockid_t clock)
{
	struct timespec t = { 0 };

	clock_gettime(clock, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* Microseconds by CLOCK_MONOTONIC, which nobody sets: since a time that is the
 * same for all processes. */
static inline uint64_t clock_us(void)
{
	return clock_ns(CLOCK_MONOTONIC) / 1000;
}

#endif
