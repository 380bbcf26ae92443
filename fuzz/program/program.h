/* SPDX-License-Identifier: MIT */
/*
 * program.h: a fuzz input: threads of futex, memory and pipe steps on words in
 * chosen kinds of memory. Two forms of the same thing:
 *
 * Text, one line a word or a step, as people read and write it:
 *
 *   hash 2                                 # slots for private futexes
 *   word w0 private 0                      # a name, a kind of memory, a value
 *   word w1 alias 0 of=w0                  # at the place of w0, in its kind
 *   t0 futex wait w0 0 timeout=5ms private # ETIMEDOUT
 *   t1 sleeps t0
 *   t1 futex wake w0 1 private             # 1
 *   t1 store w0 7
 *   t1 own w0 tid=t0 died                  # t0's number and a flag
 *   t1 drop w0                             # 0 again, and its page is gone
 *   t1 prio 5 tid=t0                       # 0
 *
 * A comment that is a number or an errno's name says what the step must
 * return. Binary, in which every byte string is some program: what is missing
 * is 0, what is out of range is folded into it.
 *
 * Pure code: no system call.
 */
#ifndef PROGRAM_PROGRAM_H
#define PROGRAM_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define PROGRAM_THREADS 8
#define PROGRAM_WORDS	16
#define PROGRAM_HASHES	8  /* 2 to 128 slots, and none */
#define PROGRAM_STEPS	64 /* of all threads together */
#define PROGRAM_PRIOS	10 /* real-time priorities: 1 to 9, and none */

/* Where a word lies. */
enum memory {
	MEMORY_PRIVATE,	  /* anonymous, private */
	MEMORY_SHARED,	  /* anonymous, shared */
	MEMORY_ALIAS,	  /* the shared pages again, at another address */
	MEMORY_FILE,	  /* a file, shared */
	MEMORY_FILE_COPY, /* the same file, private */
	MEMORY_READ_ONLY, /* anonymous, without the right to write */
	MEMORY_NONE,	  /* anonymous, without any right */
	MEMORY_UNMAPPED,  /* nothing is there */
	MEMORY_UNALIGNED, /* anonymous, one byte off */
	MEMORY_PAGE_END,  /* anonymous, two bytes before the end of a page */
	MEMORY_HUGE,   /* anonymous, in a huge page if the kernel gives one */
	MEMORY_KERNEL, /* an address of the kernel's */
	MEMORY_PAGES,  /* anonymous, each place in a page of its own */
	MEMORY_KINDS,
};

enum step_kind {
	STEP_FUTEX,
	STEP_STORE,   /* word = val, atomically */
	STEP_ADD,     /* word += val, atomically */
	STEP_SLEEPS,  /* wait until thread val sleeps in its futex step */
	STEP_READ,    /* val bytes from the program's pipe */
	STEP_WRITE,   /* val bytes to it */
	STEP_OWN,     /* word = a thread's id | val, of which the flags count */
	STEP_LINK,    /* puts the word on the thread's robust list; val 1: PI */
	STEP_PENDING, /* makes it the list's pending operation; val 1: PI */
	STEP_CORRUPT, /* breaks the word's link in a robust list: enum broken */
	STEP_STOP,    /* the process is stopped and goes on: SIGSTOP, SIGCONT */
	STEP_EXIT,    /* the thread ends by exit(2) */
	STEP_DROP,    /* word = 0, and its page is not there any more */
	STEP_FORK,    /* private pages are copied at the next write */
	STEP_PRIO,    /* a thread's real-time priority; 0: it has none */
	STEP_KINDS,
};

/* Where a broken link leads. */
enum broken {
	BROKEN_NULL,
	BROKEN_SELF, /* to itself: a loop */
	BROKEN_UNMAPPED,
	BROKEN_KERNEL,
	BROKEN_ODD, /* to an entry whose word is not aligned */
	BROKEN_KINDS,
};

/*
 * The fourth argument, where it is a time-out: microseconds, or one of these.
 * FUTEX_WAIT counts from its start; the other operations take a point in time
 * (futex(2)): that many microseconds after the start of the program.
 */
#define TIMEOUT_NONE	(-1) /* a null pointer */
#define TIMEOUT_INVALID (-2) /* 1,000,000,000 nanoseconds */
#define TIMEOUT_FAULT	(-3) /* a pointer to nothing */
#define TIMEOUT_MAX	1000000

struct step {
	uint8_t thread, kind;
	uint8_t word, word2; /* OWN, PRIO: word2 is the thread named, + 1 */
	uint16_t op;	     /* operation and flags, as futex(2) takes them */
	uint32_t val, val3;
	int32_t fourth; /* time-out or val2, by the operation */
	bool expects;	/* text only: `want` is what it must return */
	int32_t want;	/* a value, or a negative errno */
};

struct program {
	int nwords, nsteps;
	/* The process's own hash of private futexes has 1 << hash slots, from
	 * its start on; 0: as many as the kernel gives (PR_FUTEX_HASH). */
	int hash;
	struct {
		uint8_t memory;
		uint8_t of; /* the word, or one before it, whose place it has */
		uint32_t value;
	} words[PROGRAM_WORDS];
	struct step steps[PROGRAM_STEPS];
};

/* True when the operation's fourth argument is a time-out (futex(2)); flags
 * do not count. */
bool program_times_out(unsigned op);

/* The place of a word within its kind of memory: 0 to PROGRAM_WORDS - 1. Words
 * of one kind at one place are one word. */
int program_place(const struct program *p, int word);

/* False where a store would fault. */
bool program_writable(const struct program *p, int word);

/* Whose id a STEP_OWN writes, or whose priority a STEP_PRIO sets: its own
 * thread's, or the one that it names. */
static inline int program_owner(const struct step *s)
{
	return s->word2 ? s->word2 - 1 : s->thread;
}

/* True for a step that names a word (futex, store, link, ...). */
bool program_names_word(const struct step *s);

/* Any bytes at all. There is at least one word. */
void program_decode(struct program *p, const void *data, size_t size);

#define PROGRAM_BINARY_MAX (2 + PROGRAM_WORDS * 6 + PROGRAM_STEPS * 18)

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

/* EAGAIN for "EAGAIN"; 0 for a name it does not know. */
int program_errno(const char *name);

#endif
