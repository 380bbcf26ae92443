/* SPDX-License-Identifier: MIT */
/* breakpoint.h: where functions of a running program are, and breakpoints. */
#ifndef EXPLAIN_BREAKPOINT_H
#define EXPLAIN_BREAKPOINT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct pass_break {
	uint64_t at; /* 0: none is set */
	long word;   /* what was there */
};

/* Where functions are. 0: not found. */
uint64_t pass_entry(pid_t pid);
/* OWN: in the program itself, not in its libraries. */
uint64_t pass_symbol(pid_t pid, const char *name, bool own);
/* Steps from the entry of a C program to where it tells its libc of main. */
uint64_t pass_follow_to_main(pid_t tid);

int pass_break_set(struct pass_break *b, pid_t tid, uint64_t at);
int pass_break_clear(struct pass_break *b, pid_t tid);
/* Lets TID go on behind it, and leaves it where it is. */
void pass_break_pass(struct pass_break *b, pid_t tid);

#endif
