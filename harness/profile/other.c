/* SPDX-License-Identifier: MIT */
/*
 * other.c: tells forms that are known and not read by the words that their
 * lines begin with, so that nobody hears of a wrong minijail policy.
 */
#include "profile/other.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define TAKE                                                                   \
	"; let its program load it, and take the filter out of the process "   \
	"(pid:PID)"
#define FIREJAIL "a profile of Firejail" TAKE
#define SNAP	 "a seccomp template of snapd" TAKE

static const struct {
	const char *word; /* a line begins with it */
	unsigned line;	  /* that one of those that are no comment; 0: any */
	const char *what;
} forms[] = {
	{ "# pseudo filter code start", 0,
		"libseccomp's pseudo code (PFC), which leaves out what BPF "
		"needs; export BPF, by seccomp_export_bpf(3)" },
	{ "seccomp", 1, FIREJAIL },
	{ "caps.", 0, FIREJAIL },
	{ "seccomp.", 0, FIREJAIL },
	{ "noblacklist ", 0, FIREJAIL },
	{ "nonewprivs", 0, FIREJAIL },
	{ "A = ", 1,
		"seccomp-tools' assembler; `seccomp-tools asm -f raw` makes "
		"BPF of it, which is read" },
	{ "[D-BUS Service]", 1,
		"a D-Bus activation file; the unit that its SystemdService= "
		"names may have settings that make a filter" },
	{ "lxc.", 1,
		"a container's configuration, of LXC; the file that its "
		"lxc.seccomp.profile names is read" },
	{ "\177ELF", 1,
		"a program; `quartet dump -- CMD` takes the filters that it "
		"loads" },
	{ "@unrestricted", 1, SNAP },
	{ "@complain", 1, SNAP },
};

static const char *look(const char *line, size_t n, unsigned number)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		const size_t length = strlen(forms[i].word);

		if (n >= length && !memcmp(line, forms[i].word, length) &&
			!(n > length && line[length] == ':') &&
			(!forms[i].line || forms[i].line == number))
			return forms[i].what;
	}
	return NULL;
}

/* A name and nothing else: snapd's, which minijail ends with a colon. */
static bool is_bare(const char *line, size_t n)
{
	size_t i = 0;

	while (n && isspace((unsigned char)line[n - 1]))
		n--;
	while (i < n &&
		(islower((unsigned char)line[i]) ||
			isdigit((unsigned char)line[i]) || line[i] == '_'))
		i++;
	return n && i == n && !isdigit((unsigned char)line[0]);
}

const char *other_form(const char *text, size_t size)
{
	const char *end = text + size, *what = NULL;
	unsigned number = 0, bare = 0;

	for (const char *at = text; at < end && !what;) {
		const char *eol = memchr(at, '\n', (size_t)(end - at));
		const size_t n = (size_t)((eol ? eol : end) - at);

		number += n && *at != '#';
		what = look(at, n, n && *at != '#' ? number : 0);
		bare += number < 4 && is_bare(at, n);
		at += n + 1;
	}
	return what ? what : bare >= 2 ? SNAP : NULL;
}
