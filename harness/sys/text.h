/* SPDX-License-Identifier: MIT */
/* text.h: text in a room of fixed size; strangers' bytes, for terminals and
 * JSON. Pure. */
#ifndef SYS_TEXT_H
#define SYS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Text that is put together piece by piece in room that somebody else owns.
 * What has no room is cut off, at the end of a character of UTF-8, and nothing
 * comes after a cut. The room is never overrun, and ends in a NUL, however
 * long a piece is. Room of no bytes is allowed, and stays as it is.
 */
struct text {
	char *to;
	size_t size;  /* bytes of room */
	size_t n;     /* bytes of text, without the NUL */
	size_t whole; /* bytes that can stay when "..." has to follow */
	bool cut;     /* something had no room */
};

/* An empty text in the SIZE bytes at TO. */
struct text text_in(char *to, size_t size);

__attribute__((format(printf, 2, 3))) void text_put(
	struct text *t, const char *format, ...);

/* N bytes that are not cut: all, or, without room, none. */
void text_put_whole(struct text *t, const char *bytes, size_t n);

/*
 * A stranger's text: what is UTF-8 (RFC 3629) and can be printed stays, every
 * other byte becomes \xNN, which is not cut either; so does what is not seen,
 * or changes how what stands beside it is seen (U+202E and the like).
 */
void text_put_shown(struct text *t, const char *from);

/* N bytes of a stranger's between quotation marks: what ASCII can print stays,
 * every other byte becomes \n or \xNN. */
void text_put_quoted(struct text *t, const unsigned char *bytes, size_t n);

/* Where something was cut off, "..." at the end stands for it. */
void text_mark_cut(struct text *t);

/* FROM in the SIZE bytes at TO, as of text_put_shown and text_mark_cut. */
void text_show(const char *from, char *to, size_t size);

/* The same of a command's arguments, a blank between them. */
void text_command(char *const *argv, char *to, size_t size);

/*
 * True when LIST, words with blanks between them, holds for WORD: one of its
 * words matches as fnmatch(3) has it, or it has none but such with a '!' before
 * them; and no word with a '!' matches. A NULL list holds.
 */
bool text_matches(const char *list, const char *word);

#define TEXT_SIGNAL 32

/* "SIGKILL"; "signal 42" for one that has no name. Returns TEXT. */
const char *text_signal(int sig, char text[TEXT_SIGNAL]);

#endif
