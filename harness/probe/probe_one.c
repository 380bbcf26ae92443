/* SPDX-License-Identifier: MIT */
/* probe_one.c: a program that is one probe. */
#include "probe/group.h"

const struct probe *probe_mine(void)
{
	return &probe;
}
