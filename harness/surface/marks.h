/* SPDX-License-Identifier: MIT */
/* marks.h: functions of Linux on x86 that say why the kernel is at work. */
#ifndef SURFACE_MARKS_H
#define SURFACE_MARKS_H

#include <stdbool.h>
#include <stdint.h>

/* What needs no call, in the order of the table, and what is nobody's. */
enum mark {
	MARK_FILTER,
	MARK_FAULT,
	MARK_EXCEPTION,
	MARK_RETURN,
	MARK_SIGNAL,
	MARK_RSEQ,
	MARK_TASK_WORK,
	MARK_START,
	MARK_END,
	MARK_ROBUST,
	MARK_CLEAR_TID,
	MARKS_TOLD,
	MARK_INTERRUPT = MARKS_TOLD, /* not the task's doing */
	MARK_WATCHED,		     /* by ptrace */
	MARK_TRACER,		     /* by what looks here */
	MARK_BY_CALLER,		     /* who calls it has to be known */
};

#define MARK(m) (1u << (m))

/* How the kernel was entered. */
enum root {
	ROOT_NONE,
	ROOT_CALL,
	ROOT_CALL32,
	ROOT_EXCEPTION, /* in a call, or out of one */
	ROOT_RETURN,	/* on the way back to the user's code */
	ROOT_START,	/* a new task's first steps */
	ROOT_INTERRUPT,
	ROOT_TRACER,
};

extern const char *const marks_names[MARKS_TOLD];

/* The marks of what FUNCTION does, being called from CALLER; NULL: by somebody,
 * and MARK_BY_CALLER where that matters. */
uint32_t marks_of(const char *function, const char *caller);

/* Is FUNCTION, which is itself not traced, where the kernel is entered? Then
 * *MARKS are those of what it does. */
enum root marks_root(const char *function, uint32_t *marks);

/* Is FUNCTION one that no tracer sees and that only such as CALLER
 * call? NULL: some call. */
bool marks_relays(const char *function, const char *caller);

#endif
