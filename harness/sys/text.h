/* SPDX-License-Identifier: MIT */
/* text.h: strangers' bytes, for terminals and JSON. Pure. */
#ifndef SYS_TEXT_H
#define SYS_TEXT_H

#include <stddef.h>

/*
 * Copies FROM to TO, which holds SIZE > 4 bytes: what is UTF-8 (RFC 3629) and
 * can be printed stays, every other byte becomes \xNN. What has no room is cut
 * off, and "..." stands for it. Always valid UTF-8.
 */
void text_show(const char *from, char *to, size_t size);

/* The same of a command's arguments, a blank between them. */
void text_command(char *const *argv, char *to, size_t size);

#endif
