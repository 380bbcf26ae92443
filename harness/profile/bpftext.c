/* SPDX-License-Identifier: MIT */
/* bpftext.c: which form of BPF as text a file has. */
#include "profile/bpftext.h"

#include <ctype.h>
#include <string.h>

static bool begins(const char *at, const char *end, const char *with)
{
	return (size_t)(end - at) >= strlen(with) &&
	       !memcmp(at, with, strlen(with));
}

static bool consists(const char *text, size_t size, const char *of)
{
	for (size_t i = 0; i < size; i++)
		if (!text[i] || !strchr(of, text[i]))
			return false;
	return true;
}

static bool contains(const char *text, size_t size, const char *what)
{
	return memmem(text, size, what, strlen(what)) != NULL;
}

/* The first line that does not begin with '#'. */
static const char *behind_comments(const char *at, const char *end)
{
	while (at < end && *at == '#') {
		const char *eol = memchr(at, '\n', (size_t)(end - at));

		at = eol ? eol + 1 : end;
	}
	return at;
}

enum bpftext bpftext_kind(const char *text, size_t size)
{
	const char *end = text + size, *at = text, *digits;

	while (at < end && isspace((unsigned char)*at))
		at++;
	for (digits = at; digits < end && isdigit((unsigned char)*digits);)
		digits++;
	/* xxd and hexdump -C count bytes, from eight zeros on. */
	if (begins(at, end, "00000000:") || begins(at, end, "00000000 "))
		return BPFTEXT_HEXDUMP;
	if (begins(behind_comments(at, end), end, "line "))
		return BPFTEXT_LISTING;
	if (digits > at && digits < end && *digits == ':')
		return BPFTEXT_LISTING;
	/* "# " and "{" begin other forms, which may speak of them. */
	if (at < end && *at != '{' && !begins(at, end, "# ") &&
		(contains(text, size, "BPF_STMT(") ||
			contains(text, size, "struct sock_filter")))
		return BPFTEXT_C;
	if (at < end && *at == '{') {
		for (at++; at < end && isspace((unsigned char)*at);)
			at++;
		if (at < end && isdigit((unsigned char)*at))
			return BPFTEXT_C;
	}
	if (digits > at && digits < end && strchr(",\n", *digits) &&
		consists(text, size, "0123456789, \t\r\n"))
		return BPFTEXT_DECIMAL;
	if (size >= 16 &&
		consists(text, size, "0123456789abcdefABCDEFxX\\\"',; \t\r\n"))
		return BPFTEXT_HEX;
	return BPFTEXT_NONE;
}
