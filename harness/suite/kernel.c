/* SPDX-License-Identifier: MIT */
/* kernel.c: the kernels there are. */
#include "suite/kernel.h"
#include "sys/text.h"
#include "sys/failure.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

static const struct kernel *const kernels[] = { &kernel_host };

const struct kernel *kernel_at(size_t i)
{
	return i < sizeof(kernels) / sizeof(*kernels) ? kernels[i] : NULL;
}

const struct kernel *kernel_find(const char *name)
{
	char known[1024];
	struct text t = text_in(known, sizeof(known));
	const struct kernel *k;

	for (size_t i = 0; (k = kernel_at(i)); i++)
		if (!strcmp(k->name, name))
			return k;
	for (size_t i = 0; (k = kernel_at(i)); i++)
		text_put(&t, "%s %s", i ? "," : "", k->name);
	failure_say("%s: no such kernel here; known:%s", name, known);
	return NULL;
}

/* A + may stand in a profile's name too. */
const char *kernel_named(const char *pattern)
{
	const char *p = strchr(pattern, '@');

	p = p ? strchr(p, '/') : NULL;
	p = p ? strchr(p, '+') : NULL;
	return p ? p + 1 : NULL;
}

void kernel_cell_name(
	const struct kernel *k, const char *base, char *name, size_t size)
{
	snprintf(name, size, "%s%s%s", base, k == &kernel_host ? "" : "+",
		k == &kernel_host ? "" : k->name);
}

bool kernel_matches(
	const struct kernel *k, const char *base, const char *pattern)
{
	char name[256];

	if (!kernel_named(pattern))
		return !fnmatch(pattern, base, 0);
	snprintf(name, sizeof(name), "%s+%s", base, k->name);
	return !fnmatch(pattern, name, 0);
}
