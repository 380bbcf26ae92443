/* SPDX-License-Identifier: MIT */
/* frame.h: what is known of one frame of a call stack. */
#ifndef STACK_FRAME_H
#define STACK_FRAME_H

#include <stdbool.h>
#include <stdint.h>

#include "stack/name.h"
#include "sys/text.h"

#define STACK_FRAMES 24 /* of a stack; what lies farther out is not kept */

/* One frame of a call stack, innermost first. Empty strings: not known. What is
 * a stranger's text is fit to be shown, but for FUNCTION. */
struct frame {
	uint64_t ip;
	uint64_t sp;	       /* its stack pointer; 0: not known */
	char function[64];     /* the symbol, cut: to be compared, not shown */
	char shown[NAME_ROOM]; /* the same by name_show */
	char file[64];	       /* base name of the source file */
	int line;
	bool begins; /* LINE is where the function begins: where it is in it is
			not known */
	char module[48];  /* base name of the object file */
	uint64_t at;	  /* with a module: IP as that file counts, or
			     where in that file it is */
	uint64_t told_at; /* where on the stack a word lies that tells what
			     its interpreter runs; 0: nowhere */
	bool script;	  /* of an interpreter's program: it has no IP, MODULE
			     and FUNCTION, and SHOWN, FILE and LINE are its own */
};

#define FRAME_ROOM (NAME_ROOM + 80) /* for what frame_put puts */

/* Its function; of one without a name, where it is: "libq.so+0x1139", as
 * objdump and addr2line count; of code of no file, the address. */
void frame_put(struct text *t, const struct frame *f);

#endif
