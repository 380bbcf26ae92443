/* SPDX-License-Identifier: MIT */
/* frame.h: what is known of one frame of a call stack. */
#ifndef STACK_FRAME_H
#define STACK_FRAME_H

#include <stdint.h>

#define STACK_FRAMES 24 /* of a stack; what lies farther out is not kept */

/* One frame of a call stack, innermost first. Empty strings: not known. */
struct frame {
	uint64_t ip;
	char function[64];
	char file[64]; /* base name of the source file */
	int line;
	char module[48]; /* base name of the object file */
};

#endif
