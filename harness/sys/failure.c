/* SPDX-License-Identifier: MIT */
/* failure.c: what stood in the way, and of what kind that is. Pure. */
#include "sys/failure.h"

#include <stdarg.h>
#include <stdio.h>

static void fill(struct failure *f, enum failure_kind kind, bool alone,
	const char *format, va_list ap)
{
	f->kind = kind;
	f->alone = alone;
	vsnprintf(f->text, sizeof(f->text), format, ap);
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
