/* SPDX-License-Identifier: MIT */
/* map.h: AFL++'s coverage map. */
#ifndef MAP_H
#define MAP_H

#include "behaviour.h"

/* Marks what a run showed. */
void map_mark(const struct behaviour *found, int n);

#endif
