/* SPDX-License-Identifier: MIT */
/* ways.c: the ways into the kernel by their names. */
#include "cmd/ways.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/failed.h"
#include "cmd/quartet.h"
#include "sys/arch.h"
#include "sys/calls.h"

const struct way ways[] = {
	{ "x86_64", AUDIT_ARCH_X86_64, 0 },
	{ "x86", AUDIT_ARCH_I386, 0 },
	{ "x32", AUDIT_ARCH_X86_64, ARCH_X32_BIT },
	{ "aarch64", AUDIT_ARCH_AARCH64, 0 },
	{ "arm", AUDIT_ARCH_ARM, 0 },
};

const size_t ways_n = sizeof(ways) / sizeof(*ways);

const struct way *ways_find(const char *verb, const char *name)
{
	for (size_t i = 0; i < ways_n; i++)
		if (!strcmp(ways[i].name, name))
			return &ways[i];
	cmd_say(verb, EXIT_USAGE, name,
		"expected x86_64, x86, x32, aarch64 or arm");
	return NULL;
}

const struct way *ways_of(uint32_t arch, uint32_t nr)
{
	const int bit =
		ARCH_HAS_X32(arch) && nr >= ARCH_X32_BIT && nr != UINT32_MAX
			? ARCH_X32_BIT
			: 0;

	for (size_t i = 0; i < ways_n; i++)
		if (ways[i].arch == arch && ways[i].bit == bit)
			return &ways[i];
	return NULL;
}

int ways_number(const struct way *way, const char *name)
{
	const struct call *call = calls_find(name);
	char *end;
	long nr = strtol(name, &end, 0);

	if (*name && !*end && nr >= -1 && nr < ARCH_X32_BIT)
		return (int)nr;
	if (!way->bit)
		return calls_number(way->arch, name);
	return call ? call->nr[CALLS_X32] : -1;
}
