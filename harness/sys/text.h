/* SPDX-License-Identifier: MIT */
/* text.h: strangers' bytes, for terminals and JSON. Pure. */
#ifndef SYS_TEXT_H
#define SYS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Copies FROM to TO, which holds SIZE > 4 bytes: what is UTF-8 (RFC 3629) and
 * can be printed stays, every other byte becomes \xNN. What has no room is cut
 * off, and "..." stands for it. Always valid UTF-8.
 */
void text_show(const char *from, char *to, size_t size);

/* The same of a command's arguments, a blank between them. */
void text_command(char *const *argv, char *to, size_t size);

/*
 * True when LIST, words with blanks between them, holds for WORD: one of its
 * words matches as fnmatch(3) has it, or it has none but such with a '!' before
 * them; and no word with a '!' matches. A NULL list holds.
 */
bool text_matches(const char *list, const char *word);

#endif
