/* SPDX-License-Identifier: MIT */
/*
 * base.h: the folder that the boxes of one run lie in, and what is left of runs
 * that were killed. It is locked (flock(2)) as long as its runner or one of its
 * workers lives.
 */
#ifndef SUITE_BASE_H
#define SUITE_BASE_H

#define BASE_BOX "boxXXXXXX" /* for mkdtemp(3) */

struct base {
	char dir[128];
	int lock;
};

/*
 * Makes one below TMPDIR, or /tmp, and removes those of ours that nobody holds.
 * 0 or a negative errno: b->dir is then what could not be made.
 */
int base_open(struct base *b);

/* Removes it. */
void base_close(struct base *b);

#endif
