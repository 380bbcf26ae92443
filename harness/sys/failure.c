/* SPDX-License-Identifier: MIT */
/* failure.c: what stood in the way, and of what kind that is. */
#include "sys/failure.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sys/text.h"

static void fill(struct failure *f, enum failure_kind kind, bool alone,
	const char *format, va_list ap)
{
	char said[sizeof(f->text)], *line = said, *end;
	struct text t = text_in(f->text, sizeof(f->text));

	f->kind = kind;
	f->alone = alone;
	vsnprintf(said, sizeof(said), format, ap);
	/* Lines are of the format alone. */
	while (strchr(format, '\n') && (end = strchr(line, '\n'))) {
		*end = '\0';
		text_put_shown(&t, line);
		text_put_whole(&t, "\n", 1);
		line = end + 1;
	}
	text_put_shown(&t, line);
	text_mark_cut(&t);
}

int failure_set(
	struct failure *f, enum failure_kind kind, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	fill(f, kind, false, format, ap);
	va_end(ap);
	return -1;
}

int failure_set_alone(
	struct failure *f, enum failure_kind kind, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	fill(f, kind, true, format, ap);
	va_end(ap);
	return -1;
}

void failure_say(const char *format, ...)
{
	char said[4096], shown[4096];
	va_list ap;

	va_start(ap, format);
	vsnprintf(said, sizeof(said), format, ap);
	va_end(ap);
	text_show(said, shown, sizeof(shown));
	fprintf(stderr, "quartet: %s\n", shown);
}
