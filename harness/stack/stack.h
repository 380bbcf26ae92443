/* SPDX-License-Identifier: MIT */
/*
 * stack.h: call stacks of a stopped thread, by libdw. Modules are cached by
 * what is mapped where, so that the second walk in the same program costs
 * microseconds.
 */
#ifndef STACK_STACK_H
#define STACK_STACK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "sys/regs.h"
#include "stack/frame.h"
#include "stack/python.h"

struct stack_cache;

/* NULL when out of memory. */
struct stack_cache *stack_open(void);
void stack_close(struct stack_cache *c);

/*
 * Walks the stack of thread TID of process PID, which is stopped or asleep and
 * whose memory may be read, from its registers REGS. Fills at most MAX frames,
 * innermost first, and returns their number: at least 1, the instruction
 * pointer itself, whatever else fails. Where there is no call frame
 * information, a caller is guessed only if the code agrees that it may be one:
 * a shorter stack rather than a false one.
 */
int stack_walk(struct stack_cache *c, pid_t pid, pid_t tid,
	const struct regs *regs, struct frame *frames, int max);

/*
 * The same of a thread that sleeps in a call, of which /proc tells the
 * instruction pointer IP and the stack pointer SP alone (/proc/TID/syscall).
 * Without stopping it: its frame pointer is a guess, and frames that need it
 * may be missing. 0 frames when SP is 0.
 */
int stack_asleep(struct stack_cache *c, pid_t pid, pid_t tid, uint64_t ip,
	uint64_t sp, struct frame *frames, int max);

/* The interpreter of the program whose stack was walked last; its runtime is 0
 * where none was met. */
struct python stack_python(const struct stack_cache *c);

/*
 * What an address is in process PID: "symbol+0x10 (module)", "[stack]",
 * "[heap]", "shared memory", "file+0x10" in what is mapped of a file, or ""
 * when unmapped.
 */
void stack_describe(struct stack_cache *c, pid_t pid, uint64_t addr, char *text,
	size_t size);

#endif
