/* SPDX-License-Identifier: MIT */
/*
 * jit_dump.h: the other file that runtimes write for perf(1): jit-PID.dump,
 * with the lines of the code
 * (tools/perf/Documentation/jitdump-specification.txt in Linux). What writes it
 * maps its first page to be executed, by which it is found wherever it lies.
 * The file is the program's, and hostile.
 */
#ifndef STACK_JIT_DUMP_H
#define STACK_JIT_DUMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define JIT_DUMP_HEADER 40 /* bytes at the file's beginning */
#define JIT_DUMP_RECORD 56 /* bytes of a record that say what it is */

/* What a record says. */
struct jit_record {
	uint32_t size; /* bytes to the next one */
	bool code;     /* it loads code, whose name is behind JIT_DUMP_RECORD */
	bool lines;    /* it has lines of code that is loaded by a later one */
	uint64_t start, length; /* of the code; of lines: how many there are */
};

/* Is that at B, of JIT_DUMP_HEADER bytes, a file of this machine? *FIRST: where
 * its first record is. Pure. */
bool jit_dump_header(const unsigned char *b, uint32_t *first);

/* The record at B, of which JIT_DUMP_RECORD bytes are there, 0 behind the
 * file's end. False: it is none. Pure. */
bool jit_dump_record(const unsigned char *b, struct jit_record *r);

/* What a record of lines is read for. */
struct jit_code {
	uint64_t start, length;
	uint64_t count; /* of the record */
	uint64_t pc;
};

/*
 * The line of CODE's PC by the N bytes of entries at B, of the last that is not
 * behind it, and in *FILE that one's name of a file. 0: none has it, or they
 * are not what they should be. Pure.
 */
int jit_dump_line(const unsigned char *b, size_t n, const struct jit_code *code,
	const char **file);

/* Opens the file that thread TID's process has mapped. A descriptor or -1. */
int jit_dump_open(pid_t tid);

#endif
