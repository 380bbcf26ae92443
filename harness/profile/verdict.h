/* SPDX-License-Identifier: MIT */
/* verdict.h: what comes of a verdict. Pure code. */
#ifndef PROFILE_VERDICT_H
#define PROFILE_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * One verdict for all that the kernel takes as the same (__seccomp_filter in
 * kernel/seccomp.c): data counts for an errno, up to 4095, a trap and a tracer;
 * an action that it has not kills the process.
 */
uint32_t verdict_effect(uint32_t verdict);

#endif
