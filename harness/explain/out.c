/* SPDX-License-Identifier: MIT */
/* out.c: text that is cut, never overrun. Pure. */
#include "explain/out.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>

void explain_put(struct out *o, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(o->text + o->n, o->size - o->n, format, ap);
	va_end(ap);
	if (n > 0)
		o->n += (size_t)n;
	if (o->n >= o->size)
		o->n = o->size - 1;
}

void explain_put_text(struct out *o, const unsigned char *text, size_t n)
{
	explain_put(o, "\"");
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\n')
			explain_put(o, "\\n");
		else if (isascii(text[i]) && isprint(text[i]) && text[i] != '"')
			explain_put(o, "%c", text[i]);
		else
			explain_put(o, "\\x%02x", text[i]);
	}
	explain_put(o, "\"");
}
