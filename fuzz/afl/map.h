/* SPDX-License-Identifier: MIT */
/* map.h: AFL++'s coverage map. */
#ifndef AFL_MAP_H
#define AFL_MAP_H

#include "program/behaviour.h"

/* Marks what a run showed. */
void map_mark(const struct behaviour *found, int n);

/* Its upper half, for the edges of the kernel: COVER_EDGES (cover.h). */
uint8_t *map_edges(void);

#endif
