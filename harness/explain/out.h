/* SPDX-License-Identifier: MIT */
/* out.h: text that is cut, never overrun. Pure. */
#ifndef EXPLAIN_OUT_H
#define EXPLAIN_OUT_H

#include <stddef.h>

struct out {
	char *text;
	size_t size, n;
};

__attribute__((format(printf, 2, 3))) void explain_put(
	struct out *o, const char *format, ...);

/* N bytes of a stranger's text, quoted and escaped. */
void explain_put_text(struct out *o, const unsigned char *text, size_t n);

#endif
