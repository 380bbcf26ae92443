/* SPDX-License-Identifier: MIT */
/*
 * io.h: the same standard input for every pass, and their outputs
 * apart. What the command is given is of the kind that quartet was given: a
 * file for a file, a pipe for a pipe, a terminal for a terminal, because
 * programs and stdio behave otherwise on each.
 */
#ifndef EXPLAIN_IO_H
#define EXPLAIN_IO_H

#include <pthread.h>
#include <stdbool.h>
#include <sys/types.h>

#define EXPLAIN_INPUT_MAX  (64 << 20) /* bytes that are read from a pipe */
#define EXPLAIN_OUTPUT_MAX (64 << 20) /* bytes that are compared */

/* Our own streams, as each pass meets them. */
struct explain_stdio {
	enum { INPUT_AS_IS, INPUT_FILE, INPUT_PIPE } kind;
	off_t at;      /* of a file: where it began */
	int spool;     /* of a pipe: a memfd with all that came */
	off_t left[3]; /* of 1 and 2: the bytes that their reader took before it
			  went away; -1: it did not */
	int lost;      /* why output could not be passed on; 0: it was */
};

/* One stream from the command. */
struct explain_drain {
	int to;	    /* the real one, or -1: it is not shown */
	int from;   /* our end of the pipe or the terminal; -1: none */
	int kept;   /* a memfd */
	off_t left; /* after so many bytes its reader goes; -1: never */
	int lost;   /* a negative errno: what came was not passed on */
	bool cut;   /* more came than is kept */
	bool started;
	pthread_t thread;
};

/* The streams of one pass. */
struct explain_io {
	int child[3]; /* what becomes 0, 1, 2 there; -1: as it is here */
	dev_t dev;    /* what standard input is there */
	ino_t ino;
	int feed; /* our end of the input's pipe, or -1 */
	bool fed;
	pthread_t feeder;
	int spool;
	struct explain_drain out, err;
};

enum explain_output {
	OUTPUT_SHOWN,  /* written to our own as it comes, and of their kind */
	OUTPUT_HIDDEN, /* of their kind */
	OUTPUT_PIPES,  /* hidden; pipes, whatever ours are */
};

/* As of an input that is a file, to be read from its beginning. */
void explain_stdio_file(struct explain_stdio *our);

/* Looks at standard input; reads it to its end when it is a pipe. 0, or a
 * negative errno: -EFBIG when it is longer than EXPLAIN_INPUT_MAX. */
int explain_stdio_open(struct explain_stdio *our);

/* Who reads the same open file moves it for all: from now on a file on standard
 * input is this process's own. */
void explain_stdio_own(const struct explain_stdio *our);

/*
 * Makes the streams. One of ours that is closed at exec was closed when we came
 * (main sees to that), and stays so. 0 or a negative errno.
 */
int explain_io_open(struct explain_io *io, const struct explain_stdio *our,
	enum explain_output how);

/* In the child: async-signal-safe. */
void explain_io_enter(const struct explain_io *io);

/* In the parent, once the child has been forked. */
int explain_io_start(struct explain_io *io);

/*
 * When no process holds the other ends any more. *OUT and *ERR are the memfds
 * with what was written to the two; the caller closes them. OUR is told when a
 * reader went away, which the next pass repeats at the same byte, and when
 * output was lost.
 */
void explain_io_close(
	struct explain_io *io, struct explain_stdio *our, int *out, int *err);

/* True when two kept outputs are the same; else *AT is the first difference. */
bool explain_io_same(int a, int b, off_t *at);

#endif
