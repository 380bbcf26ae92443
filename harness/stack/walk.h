/* SPDX-License-Identifier: MIT */
/* walk.h: what stack.c and stack/walk.c share. */
#ifndef STACK_WALK_H
#define STACK_WALK_H

#include <elfutils/libdwfl.h>
#include <stdbool.h>

#include "stack/frame.h"
#include "stack/java.h"
#include "stack/python.h"
#include "stack/symbols.h"
#include "sys/regs.h"

#define STACK_SNAPSHOT 8192 /* bytes of stack that are read at once */

/* DWARF register numbers. */
#define SP(w)	       (regs_dwarf((w)->is_32)->sp)
#define BP(w)	       (regs_dwarf((w)->is_32)->fp)
#define PC(w)	       (regs_dwarf((w)->is_32)->pc)

/* How the unwinding by tables came to its end. */
enum stack_end {
	STACK_WHOLE,   /* there are no more frames, or no room for them */
	STACK_GAP,     /* the last frame has no table */
	STACK_REFUSED, /* what was guessed cannot be a frame */
};

/* The walk that is under way: what libdw's callbacks answer from. */
struct walk {
	pid_t tid;
	bool is_32;
	/* Of the frame to go on from, by DWARF's numbers. */
	uint64_t regs[REGS_DWARF];
	bool told;    /* that frame was passed: the next is a new one */
	bool guessed; /* that frame is a guess */
	enum stack_end end;
	uint64_t base; /* of the snapshot */
	size_t have;
	unsigned char bytes[STACK_SNAPSHOT];
	struct symbols *symbols;
	struct frame *frames;
	int n, max;
};

struct image {
	Dwfl *dwfl;
	struct object *objects;
	uint64_t key;  /* hash of the executable mappings */
	uint64_t used; /* when, for the choice of the one to drop */
	struct walk *walk;
	struct python python;
	Dwfl_Module *no_python; /* that was looked through last */
	struct java java;
};

extern const Dwfl_Thread_Callbacks stack_thread_callbacks;

/* From the snapshot or the thread's memory. */
bool stack_read(const struct walk *w, uint64_t addr, void *to, size_t size);
bool stack_read_word(const struct walk *w, uint64_t addr, uint64_t *word);

/* Is there call frame information for the instruction at PC? */
bool stack_has_table(struct image *image, uint64_t pc);

/* Does a return from a signal handler, of CODE_RESTORER bytes, begin at PC?
 * (64-bit code.) */
bool stack_is_restorer(const struct walk *w, uint64_t pc);

/*
 * Takes REGS, and adds the first frame of IMAGE's walk, whose tid, is_32,
 * symbols, frames and max are set, and what tables find of the rest.
 */
enum stack_end stack_begin(struct image *image, const struct regs *regs);

/* Adds the frame whose registers are set, which calls nobody, and goes on from
 * it by tables. */
enum stack_end stack_exact(struct image *image);

/*
 * Takes RET for what the frame returns to whose registers are set, and SP and
 * BP for its caller's pointers, and goes on from there by tables. REFUSED:
 * nothing is changed.
 */
enum stack_end stack_return(
	struct image *image, uint64_t ret, uint64_t sp, uint64_t bp);

/* Adds the frame of PC, SP and BP, which the last one is known to return to,
 * and for which there is no table. */
enum stack_end stack_known(
	struct image *image, uint64_t pc, uint64_t sp, uint64_t bp);

/* Adds the frame that RET returns to, and no more. */
enum stack_end stack_last(struct image *image, uint64_t ret);

struct stack_cache;

/* stack_walk without the frames of scripts. */
int stack_walk_native(struct stack_cache *c, pid_t tid, const struct regs *regs,
	struct frame *frames, int max);

/* Adds them; TCB as of python_frames. Returns how many frames there are then.
 */
int stack_add_scripts(struct stack_cache *c, pid_t tid, uint64_t tcb,
	struct frame *frames, int n, int max);

#endif
