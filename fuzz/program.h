/* SPDX-License-Identifier: MIT */
/*
 * program.h: a fuzz input: threads of futex, memory and pipe steps on words in
 * chosen kinds of memory. Two forms of the same thing:
 *
 * Text, one line a word or a step, as people read and write it:
 *
 *   word w0 private 0                      # a name, a kind of memory, a value
 *   t0 futex wait w0 0 timeout=5ms private # ETIMEDOUT
 *   t1 sleeps t0
 *   t1 futex wake w0 1 private             # 1
 *   t1 store w0 7
 *
 * A comment that is a number or an errno's name says what the step must
 * return. Binary, in which every byte string is some program: what is missing
 * is 0, what is out of range is folded into it.
 *
 * Pure code: no system call.
 */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define PROGRAM_THREADS 8
#define PROGRAM_WORDS	16
#define PROGRAM_STEPS	64 /* of all threads together */

/* Where a word lies. */
enum memory {
	MEMORY_PRIVATE,	  /* anonymous, private */
	MEMORY_SHARED,	  /* anonymous, shared */
	MEMORY_ALIAS,	  /* the shared page again, at another address */
	MEMORY_FILE,	  /* a file, shared */
	MEMORY_FILE_COPY, /* the same file, private */
	MEMORY_READ_ONLY, /* anonymous, without the right to write */
	MEMORY_NONE,	  /* anonymous, without any right */
	MEMORY_UNMAPPED,  /* nothing is there */
	MEMORY_UNALIGNED, /* anonymous, one byte off */
	MEMORY_KERNEL,	  /* an address of the kernel's */
	MEMORY_KINDS,
};

enum step_kind {
	STEP_FUTEX,
	STEP_STORE,  /* word = val, atomically */
	STEP_ADD,    /* word += val, atomically */
	STEP_SLEEPS, /* wait until thread val sleeps in its futex step */
	STEP_READ,   /* val bytes from the program's pipe */
	STEP_WRITE,  /* val bytes to it */
	STEP_EXIT,   /* this thread does nothing more */
	STEP_KINDS,
};

/* The fourth argument, where it is a time-out: microseconds, or one of these.
 */
#define TIMEOUT_NONE	(-1) /* a null pointer */
#define TIMEOUT_INVALID (-2) /* 1,000,000,000 nanoseconds */
#define TIMEOUT_FAULT	(-3) /* a pointer to nothing */
#define TIMEOUT_MAX	1000000

struct step {
	uint8_t thread, kind;
	uint8_t word, word2;
	uint16_t op; /* operation and flags, as futex(2) takes them */
	uint32_t val, val3;
	int32_t fourth; /* time-out or val2, by the operation */
	bool expects;	/* text only: `want` is what it must return */
	int32_t want;	/* a value, or a negative errno */
};

struct program {
	int nwords, nsteps;
	struct {
		uint8_t memory;
		uint32_t value;
	} words[PROGRAM_WORDS];
	struct step steps[PROGRAM_STEPS];
};

/* True when the operation's fourth argument is a time-out (futex(2)). */
bool program_times_out(unsigned op);

/* Any bytes at all. There is at least one word. */
void program_decode(struct program *p, const void *data, size_t size);

#define PROGRAM_BINARY_MAX (2 + PROGRAM_WORDS * 5 + PROGRAM_STEPS * 18)

/* The bytes that decode to P, without what it expects. Returns their number. */
size_t program_encode(
	const struct program *p, unsigned char data[PROGRAM_BINARY_MAX]);

/*
 * Reads the text form. 0, or -1 with what is wrong in ERR, "NAME:LINE:COLUMN:
 * expected ...".
 */
int program_parse(struct program *p, const char *name, const char *text,
	size_t size, char *err, size_t err_size);

/* Writes the text form; what a step expects is its comment. */
void program_print(const struct program *p, FILE *out);

/* One step, without thread, comment and newline. */
void program_print_step(const struct step *s, FILE *out);

/* "EAGAIN" for EAGAIN; the number as text for one it does not know. */
const char *program_errno_name(int err);

#endif
