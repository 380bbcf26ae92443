/* SPDX-License-Identifier: MIT */
/*
 * read_podman.c: what containers-common's form, which Podman, Buildah and
 * CRI-O read, adds to Docker's: errnos by name (its pkg/seccomp,
 * seccomp_linux.go, getErrno). A profile that has such a key is decided for the
 * capabilities that Podman gives.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/json.h"
#include "sys/calls.h"

/* The names of its errno_list.go: glibc's, and one more for one of them. */
static unsigned long number_of(const char *name)
{
	int err = calls_errno(name);

	if (err && !strcmp(strerrorname_np(err), name))
		return (unsigned long)err;
	return strcmp(name, "ENOTSUP") ? ULONG_MAX : ENOTSUP;
}

static bool is_number(const char *text)
{
	return text[strspn(text, "0123456789")] == '\0';
}

int podman_errno(
	struct json_reader *r, const json_t *v, uint32_t max, uint32_t *data)
{
	const char *text = json_string_value(v);
	unsigned long n;

	if (!text)
		return json_fail(r, 0, "expected an errno's name, as a string");
	n = is_number(text) ? strtoul(text, NULL, 10) : number_of(text);
	if (n > max)
		return json_fail(r, 0, "%s is not the name of an errno", text);
	*data = (uint32_t)n;
	return 0;
}

bool podman_wrote(const json_t *o)
{
	const json_t *rule;
	size_t i;

	if (json_object_get(o, "defaultErrno"))
		return true;
	json_array_foreach(json_object_get(o, "syscalls"), i, rule)
	{
		if (json_object_get(rule, "errno"))
			return true;
	}
	return false;
}
