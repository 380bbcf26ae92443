/* SPDX-License-Identifier: MIT */
/* bpftext_dump.c: the bytes of what xxd and hexdump -C print. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "profile/bpftext.h"

/* Blanks out of a line all but its bytes: its offset, which ends with a colon
 * or a blank, and what comes behind two blanks, or a bar: they are no bytes. */
static size_t put_bytes(const char *line, size_t n, char *to)
{
	size_t at = 0, size = 0;

	while (at < n && isxdigit((unsigned char)line[at]))
		at++;
	if (at < n && line[at] == ':')
		at++;
	while (at < n && line[at] == ' ')
		at++;
	for (; at < n && line[at] != '|'; at++) {
		/* hexdump has two blanks in the middle of a line too. */
		if (line[at] == ' ' && at + 1 < n && line[at + 1] == ' ' &&
			!(at + 3 < n && isxdigit((unsigned char)line[at + 2]) &&
				isxdigit((unsigned char)line[at + 3]) &&
				memchr(line, '|', n)))
			break;
		to[size++] = line[at];
	}
	return size;
}

char *bpftext_dumped(const char *text, size_t size, size_t *n)
{
	const char *const end = text + size;
	char *to = malloc(size + 1);

	*n = 0;
	for (const char *at = text; to && at < end;) {
		const char *eol = memchr(at, '\n', (size_t)(end - at));
		const size_t length = (size_t)((eol ? eol : end) - at);

		*n += put_bytes(at, length, to + *n);
		if (eol)
			to[(*n)++] = '\n';
		at += length + 1;
	}
	return to;
}
