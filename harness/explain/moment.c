/* SPDX-License-Identifier: MIT */
/* moment.c: when the filter is loaded, as it is written. Pure. */
#include "explain/moment.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sys/arch.h"
#include "sys/calls.h"

static int complain(struct failure *f, const char *text, const char *why)
{
	return failure_set(f, FAILURE_USAGE,
		"--arm %s: %s; expected exec, main, symbol:NAME,\n"
		"first-read, syscall:NAME[:N], after:MS or self",
		text, why);
}

static int take_name(struct explain_moment *m, const char *text,
	const char *name, size_t n, struct failure *f)
{
	if (n == 0 || n >= sizeof(m->name))
		return complain(f, text, "no name, or one that is too long");
	memcpy(m->name, name, n);
	m->name[n] = '\0';
	return 0;
}

static int take_number(struct explain_moment *m, const char *text,
	const char *number, long min, struct failure *f)
{
	char *end;

	errno = 0;
	m->n = strtol(number, &end, 10);
	if (errno || end == number || *end || m->n < min)
		return complain(f, text, "no number");
	return 0;
}

static int take_call(struct explain_moment *m, const char *text,
	const char *name, struct failure *f)
{
	size_t n = strcspn(name, ":");

	m->n = 1;
	if (name[n] && take_number(m, text, name + n + 1, 1, f))
		return -1;
	if (take_name(m, text, name, n, f))
		return -1;
	if (calls_number(ARCH_NATIVE, m->name) < 0 &&
		calls_number(ARCH_COMPAT, m->name) < 0)
		return complain(f, text, "no such system call");
	return 0;
}

int explain_moment_parse(
	const char *text, struct explain_moment *m, struct failure *f)
{
	static const struct {
		const char *word;
		enum explain_when when;
	} words[] = {
		{ "exec", WHEN_EXEC },
		{ "main", WHEN_MAIN },
		{ "symbol:", WHEN_SYMBOL },
		{ "first-read", WHEN_READ },
		{ "syscall:", WHEN_CALL },
		{ "after:", WHEN_AFTER },
		{ "self", WHEN_SELF },
	};
	size_t i, n = strcspn(text, ":") + (strchr(text, ':') != NULL);
	const char *rest = text + n;

	*m = (struct explain_moment){ 0 };
	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strlen(words[i].word) == n &&
			!strncmp(words[i].word, text, n))
			break;
	if (i == sizeof(words) / sizeof(*words))
		return complain(f, text, "no such moment");
	m->when = words[i].when;
	switch (m->when) {
	case WHEN_SYMBOL:
		return take_name(m, text, rest, strlen(rest), f);
	case WHEN_CALL:
		return take_call(m, text, rest, f);
	case WHEN_AFTER:
		return take_number(m, text, rest, 0, f);
	default:
		return 0;
	}
}

/* Calls that take bytes from a descriptor, and which argument that is. */
static const struct {
	const char *name;
	int arg;
} reads[] = {
	{ "read", 0 },
	{ "readv", 0 },
	{ "pread64", 0 },
	{ "preadv", 0 },
	{ "preadv2", 0 },
	{ "recvfrom", 0 },
	{ "recvmsg", 0 },
	{ "recvmmsg", 0 },
	{ "splice", 0 },
	{ "tee", 0 },
	{ "copy_file_range", 0 },
	{ "sendfile", 1 },
	{ "sendfile64", 1 },
};

static bool reads_input(const char *name, const uint64_t args[6])
{
	for (size_t i = 0; i < sizeof(reads) / sizeof(*reads); i++)
		if (!strcmp(reads[i].name, name))
			return (int)args[reads[i].arg] == 0;
	return false;
}

bool explain_moment_is(const struct explain_moment *m, uint32_t arch, int nr,
	const uint64_t args[6], long *count)
{
	char name[64];

	calls_name(arch, nr, name, sizeof(name));
	if (m->when == WHEN_READ)
		return reads_input(name, args);
	return m->when == WHEN_CALL && !strcmp(m->name, name) &&
	       ++*count >= m->n;
}
