/* SPDX-License-Identifier: MIT */
/*
 * jit.h: what code that was compiled at run time is called, by the map that its
 * runtime writes for perf(1): /tmp/perf-PID.map, a line "START SIZE NAME" for
 * each piece, in hexadecimal numbers
 * (tools/perf/Documentation/jit-interface.txt in Linux). Or by
 * jit-PID.dump (stack/jit_dump.h), which has lines. Both files are the
 * program's, and hostile.
 */
#ifndef STACK_JIT_H
#define STACK_JIT_H

#include <stdbool.h>
#include <sys/types.h>

#include "stack/frame.h"

struct jit;

/* NULL when out of memory. */
struct jit *jit_open(void);
void jit_close(struct jit *j);

/*
 * Names those of the N frames of thread TID that have no function. Of a
 * script's function (V8's) its file, and the line where it begins; it is a
 * script frame then.
 */
void jit_name(struct jit *j, pid_t tid, struct frame *frames, int n);

/* NAME, as a map has it, in F: "JS:~work /srv/app.js:12:3" is V8's function
 * work of app.js, which begins at line 12. Pure. */
void jit_parse_name(const char *name, struct frame *f);

/* "7f00 1a0 NAME": where the name begins in LINE; NULL: it is none such. Pure.
 */
const char *jit_parse_line(const char *line, uint64_t *start, uint64_t *size);

#endif
