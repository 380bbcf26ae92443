/* SPDX-License-Identifier: MIT */
/*
 * link.h: the words between the host and a guest: what runs in a kernel that
 * is not the host's. Both ends are this program.
 */
#ifndef SUITE_LINK_H
#define SUITE_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "suite/suite.h"

enum link_kind {
	/* From the host. */
	LINK_JOB = 1, /* struct link_job: the first */
	LINK_BUILT,   /* A its index; struct link_built and its instructions */
	LINK_CELL,    /* A its index; struct link_cell */
	LINK_GO,      /* that were the cells for now */
	LINK_END,     /* there are no more */
	LINK_CPU,     /* A milliseconds of processor time that it was given */
	LINK_ASK_HAS, /* which features has it? */
	LINK_PROGRAM, /* a futex program in its binary form, to be run A times,
			 in new processes if B, under the first built */
	/* From the guest. */
	LINK_HELLO,  /* it is up: the release of its kernel */
	LINK_WANT,   /* cells, please */
	LINK_AT,     /* A the cell that it begins, B what its deadlines were
			multiplied with */
	LINK_ASK,    /* for LINK_CPU, please */
	LINK_RECORD, /* A the cell, B the verdict; the line with its newline */
	LINK_READ,   /* A the bytes that it has read in all */
	LINK_BEAT,   /* it lives */
	LINK_HAS,    /* their names (sys/has.h), each with a space behind it */
	LINK_SEEN,   /* what came of the program: struct runs (oracle/runs.h) */
	LINK_LEFT,   /* A the wait status of its worker: it goes down */
};

struct link_head {
	uint32_t kind, a, b;
	uint32_t size; /* of what follows */
};

struct link_job {
	char kernel[32]; /* its name here */
	uint32_t nflavours;
	struct flavour flavours[SUITE_FLAVOURS];
};

struct link_built {
	char profile[64];
	char file[256]; /* "": none */
	uint32_t arch, timers_impossible;
	uint32_t mode, flags, ninsns;
};

struct link_cell {
	char name[160], probe[96];
	uint32_t built, flavour; /* their indices */
};

/* A line that is not read takes so many bytes. UML's reads no more once it had
 * 4096 (n_tty throttles it, and arch/um/drivers/line.c, line_unthrottle, does
 * not ask for what comes after). */
#define LINK_WINDOW 2048

struct link {
	int in, out;
	char *buf;
	size_t used, taken, size;
	bool tells;	     /* what it read, by LINK_READ */
	uint32_t read, told; /* bytes */
	bool waits;	     /* for that */
	uint32_t sent, taken_in;
	char *queue; /* what is to be sent */
	size_t queued;
};

/* IN and OUT stay the caller's. */
void link_open_host(struct link *l, int in, int out);
void link_open_guest(struct link *l, int in, int out);
void link_close(struct link *l);

/* One message: from a guest in one write, from the host when the guest has read
 * what came before. 0 or a negative errno. */
int link_send(struct link *l, enum link_kind kind, uint32_t a, uint32_t b,
	const void *data, size_t size);

/* The guest has read so many bytes in all. 0 or a negative errno. */
int link_was_read(struct link *l, uint32_t bytes);

/* Reads what there is, and waits for it where there is nothing. 0, -EPIPE at
 * the end, or another negative errno. */
int link_fill(struct link *l);

/*
 * The next message that was read whole: 1, with *DATA valid until link_fill();
 * 0: there is none; -EBADMSG: what came is no message.
 */
int link_next(struct link *l, struct link_head *head, const char **data);

#endif
