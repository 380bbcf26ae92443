/* SPDX-License-Identifier: MIT */
/* text.c: text that is never longer than its room, of strangers' bytes too. */
#include "sys/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

/* Characters that change how others are shown, or that nobody sees: those that
 * order what stands beside them (UAX #9, 2), that part lines and paragraphs, of
 * no width, and tags (the Unicode Standard, 23.2 to 23.9). */
static bool misleads(uint32_t c)
{
	static const struct {
		uint32_t from, to;
	} ranges[] = {
		{ 0xad, 0xad },
		{ 0x61c, 0x61c },
		{ 0x180e, 0x180e },
		{ 0x200b, 0x200f },
		{ 0x2028, 0x202e },
		{ 0x2060, 0x206f },
		{ 0xfeff, 0xfeff },
		{ 0xfff9, 0xfffb },
		{ 0xe0000, 0xe007f },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
		if (c >= ranges[i].from && c <= ranges[i].to)
			return true;
	return false;
}

/* How many bytes the character at S has; 0: it is none (RFC 3629, 3 and 4), or
 * no one should see it (C0 and C1 controls, and what misleads). */
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
		(c >= 0xd800 && c < 0xe000) || misleads(c))
		return 0;
	return n;
}

struct text text_in(char *to, size_t size)
{
	if (size)
		to[0] = '\0';
	return (struct text){ .to = to, .size = size };
}

/* How many of N bytes are no beginning of a character that goes on. */
static size_t whole_characters(const char *s, size_t n)
{
	size_t back = 1, size;
	unsigned char lead;

	if (!n)
		return 0;
	while (back < n && back < 4 && (s[n - back] & 0xc0) == 0x80)
		back++;
	lead = (unsigned char)s[n - back];
	size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
	return back < size ? n - back : n;
}

void text_put(struct text *t, const char *format, ...)
{
	size_t from = t->n, room = t->size - t->n, keep;
	va_list ap;
	int n;

	t->cut = t->cut || !room;
	if (t->cut)
		return;
	va_start(ap, format);
	n = vsnprintf(t->to + from, room, format, ap);
	va_end(ap);
	t->cut = n < 0 || (size_t)n >= room;
	if (n > 0)
		t->n = t->cut ? whole_characters(t->to, t->size - 1)
			      : from + (size_t)n;
	t->to[t->n] = '\0';
	keep = t->n + 4 <= t->size ? t->n : t->size < 4 ? 0 : t->size - 4;
	if (keep > from)
		t->whole = whole_characters(t->to, keep);
}

void text_put_whole(struct text *t, const char *bytes, size_t n)
{
	t->cut = t->cut || n >= t->size - t->n;
	if (t->cut)
		return;
	memcpy(t->to + t->n, bytes, n);
	t->n += n;
	t->to[t->n] = '\0';
	if (t->n + 4 <= t->size)
		t->whole = t->n;
}

void text_put_shown(struct text *t, const char *from)
{
	const unsigned char *s = (const unsigned char *)from;
	char code[5];

	while (*s && !t->cut) {
		size_t n = character(s);

		if (n) {
			text_put_whole(t, (const char *)s, n);
		} else {
			snprintf(code, sizeof(code), "\\x%02x", *s);
			text_put_whole(t, code, 4);
			n = 1;
		}
		s += n;
	}
}

void text_put_quoted(struct text *t, const unsigned char *bytes, size_t n)
{
	text_put(t, "\"");
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] == '\n')
			text_put(t, "\\n");
		else if (bytes[i] >= ' ' && bytes[i] < 0x7f && bytes[i] != '"')
			text_put(t, "%c", bytes[i]);
		else
			text_put(t, "\\x%02x", bytes[i]);
	}
	text_put(t, "\"");
}

void text_mark_cut(struct text *t)
{
	if (!t->cut || t->whole + 4 > t->size)
		return;
	memcpy(t->to + t->whole, "...", 4);
	t->n = t->whole + 3;
}

void text_show(const char *from, char *to, size_t size)
{
	struct text t = text_in(to, size);

	text_put_shown(&t, from);
	text_mark_cut(&t);
}

void text_command(char *const *argv, char *to, size_t size)
{
	struct text t = text_in(to, size);

	for (; *argv; argv++) {
		text_put_shown(&t, *argv);
		if (argv[1])
			text_put_whole(&t, " ", 1);
	}
	text_mark_cut(&t);
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

const char *text_signal(int sig, char text[TEXT_SIGNAL])
{
	const char *name = sigabbrev_np(sig);

	if (name)
		snprintf(text, TEXT_SIGNAL, "SIG%s", name);
	else
		snprintf(text, TEXT_SIGNAL, "signal %d", sig);
	return text;
}
