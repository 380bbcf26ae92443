/* SPDX-License-Identifier: MIT */
/* text.c: strangers' bytes, for terminals and JSON. */
#include "sys/text.h"

#include <stdint.h>
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

/* How many bytes the character at S has; 0: it is none, or no one should see
 * it (C0 and C1 controls). RFC 3629, 3 and 4. */
static size_t character(const unsigned char *s)
{
	static const uint32_t least[] = { 0, 0x20, 0xa0, 0x800, 0x10000 };
	size_t n = s[0] < 0x80	       ? 1
		   : s[0] >> 5 == 6    ? 2
		   : s[0] >> 4 == 0xe  ? 3
		   : s[0] >> 3 == 0x1e ? 4
				       : 0;
	uint32_t c = n == 1 ? s[0] : s[0] & (0x7fU >> n);

	for (size_t i = 1; i < n; i++) {
		if (s[i] >> 6 != 2)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (n == 0 || c < least[n] || c == 0x7f || c > 0x10ffff ||
		(c >= 0xd800 && c < 0xe000))
		return 0;
	return n;
}

struct out {
	char *to;
	size_t size, n;
	size_t whole; /* bytes after which "..." has room */
	int full;
};

static void put(struct out *o, const char *s, size_t n)
{
	if (o->full || o->n + n >= o->size) {
		o->full = 1;
		return;
	}
	memcpy(o->to + o->n, s, n);
	o->n += n;
	if (o->n + 4 <= o->size)
		o->whole = o->n;
}

static void show(struct out *o, const char *from)
{
	const unsigned char *s = (const unsigned char *)from;
	char code[5];

	while (*s && !o->full) {
		size_t n = character(s);

		if (n) {
			put(o, (const char *)s, n);
		} else {
			snprintf(code, sizeof(code), "\\x%02x", *s);
			put(o, code, 4);
			n = 1;
		}
		s += n;
	}
}

static void finish(struct out *o)
{
	if (o->full)
		snprintf(o->to + o->whole, o->size - o->whole, "...");
	else
		o->to[o->n] = '\0';
}

void text_show(const char *from, char *to, size_t size)
{
	struct out o = { .to = to, .size = size };

	show(&o, from);
	finish(&o);
}

void text_command(char *const *argv, char *to, size_t size)
{
	struct out o = { .to = to, .size = size };

	for (; *argv; argv++) {
		show(&o, *argv);
		if (argv[1])
			put(&o, " ", 1);
	}
	finish(&o);
}

bool text_matches(const char *list, const char *word)
{
	bool plain = false, hit = false;
	char item[128];
	int n;

	while (list && sscanf(list, " %127s%n", item, &n) == 1) {
		list += n;
		if (item[0] == '!') {
			if (!fnmatch(item + 1, word, 0))
				return false;
			continue;
		}
		plain = true;
		hit = hit || !fnmatch(item, word, 0);
	}
	return hit || !plain;
}
