/* SPDX-License-Identifier: MIT */
/*
 * output.h: a file that is written whole or not at all: who is killed meanwhile
 * leaves the one that was there before, and so does a disk that is full.
 */
#ifndef SYS_OUTPUT_H
#define SYS_OUTPUT_H

#include <stdio.h>

struct output {
	FILE *f; /* to write to */
	const char *path;
	char *bytes;
	size_t n;
};

/*
 * To the file PATH, or, where that is NULL, to OTHERWISE as it comes. PATH is
 * kept. 0 or a negative errno.
 */
int output_open(struct output *o, const char *path, FILE *otherwise);

/*
 * Lays it down: beside PATH first, then in its place, with the mode that was
 * there; a device or a pipe is written to. 0, or a negative errno when not all
 * was written, the writing to F counted in.
 */
int output_close(struct output *o);

#endif
