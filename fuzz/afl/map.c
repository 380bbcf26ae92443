/* SPDX-License-Identifier: MIT */
/* map.c: AFL++'s coverage map. Apart from what afl-clang-fast compiles, which
 * has a name of its own for it. */
#include "afl/map.h"

extern uint8_t *__afl_area_ptr;

void map_mark(const struct behaviour *found, int n)
{
	for (int i = 0; i < n; i++)
		__afl_area_ptr[found[i].place] = 1;
}

uint8_t *map_edges(void)
{
	return __afl_area_ptr + BEHAVIOURS;
}
