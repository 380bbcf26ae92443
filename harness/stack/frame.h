/* SPDX-License-Identifier: MIT */
/* frame.h: what is known of one frame of a call stack. */
#ifndef STACK_FRAME_H
#define STACK_FRAME_H

#include <stdint.h>

#include "stack/name.h"

#define STACK_FRAMES 24 /* of a stack; what lies farther out is not kept */

/* One frame of a call stack, innermost first. Empty strings: not known. What is
 * a stranger's text is fit to be shown, but for FUNCTION. */
struct frame {
	uint64_t ip;
	char function[64];     /* the symbol, cut: to be compared, not shown */
	char shown[NAME_ROOM]; /* the same by name_show */
	char file[64];	       /* base name of the source file */
	int line;
	char module[48]; /* base name of the object file */
};

#endif
