/* SPDX-License-Identifier: MIT */
/* script.h: the frames of a script among those of its interpreter. */
#ifndef STACK_SCRIPT_H
#define STACK_SCRIPT_H

#include <stdint.h>
#include <sys/types.h>

#include "stack/frame.h"
#include "stack/walk.h"

/*
 * Puts before each frame that runs the interpreter's loop those of the script
 * that it runs. N frames of thread TID, of which IMAGE is mapped and TCB known
 * or 0 (python_frames); there is room for MAX, and the outermost give way.
 * Returns how many there are then.
 */
int script_add(struct image *image, pid_t tid, uint64_t tcb,
	struct frame *frames, int n, int max);

#endif
