/* SPDX-License-Identifier: MIT */
/*
 * name.c: what a symbol is called by people, by libiberty.
 *
 * A mangled name can refer to its own parts, and so grow twofold with each few
 * bytes: the printing is left as soon as there is no more room. Nothing is
 * allocated on that way, but for Rust's names that are not ASCII, of which one
 * part may leak.
 */
#include "stack/name.h"

#include <libiberty/demangle.h>
#include <setjmp.h>
#include <stdbool.h>
#include <string.h>

#include "sys/text.h"

/* Longer ones are not demangled: none that a person wrote is. */
#define SYMBOL_MAX 2048

struct printed {
	jmp_buf full;
	size_t n;
	char text[4 * NAME_ROOM];
};

static void print(const char *bytes, size_t n, void *opaque)
{
	struct printed *p = opaque;
	size_t room = sizeof(p->text) - 1 - p->n;

	/* An empty name of Rust is at NULL. */
	if (!n)
		return;
	memcpy(p->text + p->n, bytes, n < room ? n : room);
	p->n += n < room ? n : room;
	p->text[p->n] = '\0';
	if (n >= room)
		longjmp(p->full, 1);
}

static bool demangle(const char *symbol, struct printed *p)
{
	p->n = 0;
	if (strlen(symbol) > SYMBOL_MAX)
		return false;
	if (setjmp(p->full))
		return true;
	if (rust_demangle_callback(symbol, 0, print, p) && p->n)
		return true;
	p->n = 0;
	return !strncmp(symbol, "_Z", 2) &&
	       cplus_demangle_v3_callback(symbol, 0, print, p) && p->n;
}

/* Versions, and what the compiler made of a function. */
static size_t plain_length(const char *name)
{
	static const char *const parts[] = { "@", ".constprop.", ".part.",
		".isra.", ".cold" };
	size_t length = strlen(name);

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		const char *at = strstr(name, parts[i]);

		if (at && at > name && (size_t)(at - name) < length)
			length = (size_t)(at - name);
	}
	return length;
}

void name_show(const char *symbol, char *to, size_t size)
{
	/* So far as it may matter: more would only be cut off. */
	char name[SYMBOL_MAX + 2];
	struct printed p;
	size_t n = strcspn(symbol, "@");

	if (n == 0 || n > sizeof(name) - 1)
		n = strnlen(symbol, sizeof(name) - 1);
	memcpy(name, symbol, n);
	name[n] = '\0';
	if (size > NAME_ROOM)
		size = NAME_ROOM;
	if (demangle(name, &p)) {
		text_show(p.text, to, size);
		return;
	}
	name[plain_length(name)] = '\0';
	text_show(name, to, size);
}
