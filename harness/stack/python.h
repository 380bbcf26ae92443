/* SPDX-License-Identifier: MIT */
/*
 * python.h: the frames of a thread that runs CPython, from the process's
 * memory, without its help and without stopping it.
 *
 * 3.11 and 3.12 by tables of their structures; from 3.13 on by the offsets that
 * the runtime itself tells (Include/internal/pycore_debug_offsets.h, to 3.14).
 * Others have none here. What is read is hostile, and of a thread that runs it
 * may change meanwhile: every loop is bounded, and what makes no sense ends the
 * stack.
 */
#ifndef STACK_PYTHON_H
#define STACK_PYTHON_H

#include <elfutils/libdwfl.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "stack/frame.h"

#define PYTHON_FRAMES 64 /* of a thread; what lies farther out is not read */

/* Where the fields lie, in bytes. */
struct python_layout {
	uint64_t interpreters, next_interpreter, threads;
	uint64_t next_thread, thread_id, native_id;
	uint64_t current; /* the innermost frame, of cframe if that is not 0 */
	uint64_t cframe;
	uint64_t code, previous, instruction, owner;
	uint64_t is_entry; /* 3.11's; 0: entries have frames of their own */
	uint64_t filename, name, linetable, first_line, bytecode;
	uint64_t bytes_size, bytes;
	uint64_t state, length, ascii, compact; /* of a str */
	bool no_lines; /* threads have copies of the bytecode */
};

struct python {
	uint64_t runtime; /* 0: there is none, or none that is known */
	struct python_layout at;
};

/* What one frame of Python runs, as addresses: enough to tell it from others.
 */
struct python_frame {
	uint64_t code, instruction;
	bool entry; /* the last that this run of the interpreter's loop has */
	uint64_t shim; /* of an entry, since 3.12: what lies in the native frame
			  of that run; else 0 */
};

/* The interpreter in MODULE, which thread TID's process has mapped. */
struct python python_find(Dwfl_Module *module, pid_t tid);

/*
 * The frames of thread TID, innermost first, at most MAX. TCB marks it for its
 * libc (regs_thread_pointer); 0: that is not known, and its number in its own
 * PID namespace has to do, which is another's in a child of vfork(2). Returns
 * how many.
 */
int python_frames(const struct python *py, pid_t tid, uint64_t tcb,
	struct python_frame *frames, int max);

/* Tells what the thread runs just now from what it ran at another time; 0:
 * PY has no runtime. */
uint64_t python_key(const struct python *py, pid_t tid, uint64_t tcb);

/* F as a frame to be shown: its file's base name, the line, the function. */
void python_name(const struct python *py, pid_t tid,
	const struct python_frame *f, struct frame *to);

/*
 * The line of the UNITth unit of two bytes of code, by the N bytes of a code
 * object's line table, for code that begins at line FIRST. 0: it has none.
 * Pure.
 */
int python_line(const unsigned char *table, size_t n, int first, uint64_t unit);

/* Is FUNCTION the loop of the interpreter? */
bool python_is_loop(const char *function);

#endif
