/* SPDX-License-Identifier: MIT */
/*
 * inherit.h: a command gets the descriptors and the answer to SIGXFSZ that
 * quartet got, and no others.
 * Libraries open files that are not closed at exec (libdw does): in a second
 * run of a command they would be there, and change its own numbers.
 */
#ifndef SYS_INHERIT_H
#define SYS_INHERIT_H

struct text;

/* Remembers what is open; before anything else is. From then on a file beyond
 * RLIMIT_FSIZE is EFBIG, an error to be told, and no death by SIGXFSZ. */
void inherit_note(void);

/* Which of them can be read, and not be put back: what one run takes of a pipe
 * the next does not find. "3 (a pipe), 5 (a socket)", with BEFORE before it;
 * nothing when there is none. */
void inherit_spent(struct text *t, const char *before);

/* "a pipe"; NULL: a file, or closed. */
const char *inherit_kind(int fd);

/* Puts each of them that has an offset back to where it was at the note: the
 * next run of a command finds them as the first did. */
void inherit_rewind(void);

/* In the child, before exec: what came later than the note is closed there
 * (and SIGXFSZ is as it was).
 * Async-signal-safe. Needs Linux 5.11; before, it does nothing. */
void inherit_only(void);

#endif
