/* SPDX-License-Identifier: MIT */
/* flavour.c: reads what the build says of flavours, and asks for the rest. */
#include "suite/flavour.h"

#include <ctype.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "probe/probe.h"
#include "sys/calls.h"
#include "sys/failure.h"

void flavour_version(const char *text, char *version, size_t size)
{
	size_t n;

	*version = '\0';
	for (; *text; text += n ? n : 1) {
		n = isdigit((unsigned char)*text) ? strspn(text, "0123456789.")
						  : 0;
		while (n && text[n - 1] == '.')
			n--;
		if (!memchr(text, '.', n))
			continue;
		snprintf(version, size, "%.*s", (int)n, text);
		return;
	}
}

static void ask(const char *command, char *version, size_t size)
{
	char shell[300], line[300] = "";
	FILE *f;

	snprintf(shell, sizeof(shell), "{ %s; } 2>/dev/null", command);
	f = popen(shell, "re");
	if (f) {
		if (!fgets(line, sizeof(line), f))
			line[0] = '\0';
		pclose(f);
	}
	flavour_version(line, version, size);
}

static unsigned libc_number(const char *libc, const char *version)
{
	unsigned a = 0, b = 0, c = 0;

	sscanf(version, "%u.%u.%u", &a, &b, &c);
	if (!strcmp(libc, "glibc"))
		return GLIBC(a, b);
	return strcmp(libc, "musl") ? 0 : MUSL(a, b, c);
}

static int read_flavour(json_t *o, struct flavour *f)
{
	const char *name, *arch, *libc, *version = "", *command = NULL;

	if (json_unpack(o, "{s:s,s:s,s:s,s?s,s?s}", "name", &name, "arch",
		    &arch, "libc", &libc, "version", &version, "ask", &command))
		return -EINVAL;
	snprintf(f->name, sizeof(f->name), "%s", name);
	snprintf(f->version, sizeof(f->version), "%s", version);
	if (command)
		ask(command, f->version, sizeof(f->version));
	f->arch = calls_arch(arch);
	f->libc = libc_number(libc, f->version);
	return 0;
}

int flavour_load(const char *path, struct flavour *all, size_t max, size_t *n)
{
	json_error_t error;
	json_t *list = json_load_file(path, 0, &error), *o;
	int ret = 0;
	size_t i;

	*n = 0;
	if (!list) {
		failure_say("%s: %s", path, error.text);
		return -EINVAL;
	}
	json_array_foreach(list, i, o)
	{
		ret = i < max ? read_flavour(o, &all[i]) : -E2BIG;
		if (ret)
			break;
		++*n;
	}
	json_decref(list);
	if (ret)
		failure_say("%s: flavour %zu: %s", path, i + 1,
			ret == -E2BIG ? "too many"
				      : "it needs name, arch and libc");
	return ret;
}
