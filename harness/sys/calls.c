/* SPDX-License-Identifier: MIT */
/*
 * calls.c: system calls and architectures by name. scripts/calls makes the
 * table; what it has not, libseccomp is asked.
 */
#include "sys/calls.h"

#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/arch.h"

const struct call calls_table[] = {
#include "sys/calls_table.inc"
};

const size_t calls_n = sizeof(calls_table) / sizeof(*calls_table);

static const struct {
	uint32_t arch;
	const char *name;
} arches[] = {
	{ AUDIT_ARCH_X86_64, "x86_64" },
	{ AUDIT_ARCH_I386, "x86" },
	{ AUDIT_ARCH_AARCH64, "aarch64" },
	{ AUDIT_ARCH_ARM, "arm" },
};

/* The column of ARCH, or -1. */
static int column(uint32_t arch)
{
	switch (arch) {
	case AUDIT_ARCH_X86_64:
		return CALLS_X86_64;
	case AUDIT_ARCH_I386:
		return CALLS_I386;
	case AUDIT_ARCH_AARCH64:
		return CALLS_AARCH64;
	}
	return -1;
}

static const char *find_number(int arch, int nr)
{
	for (size_t i = 0; arch >= 0 && nr >= 0 && i < calls_n; i++)
		if (calls_table[i].nr[arch] == nr)
			return calls_table[i].name;
	return NULL;
}

static int compare(const void *name, const void *call)
{
	return strcmp(name, ((const struct call *)call)->name);
}

const struct call *calls_find(const char *name)
{
	return bsearch(
		name, calls_table, calls_n, sizeof(*calls_table), compare);
}

/* What is newer than the table, libseccomp may know. */
static bool name_call(uint32_t arch, int nr, char *name, size_t size)
{
	const bool x32 = ARCH_HAS_X32(arch) && nr >= ARCH_X32_BIT;
	const char *found = x32 ? find_number(CALLS_X32, nr & ~ARCH_X32_BIT)
				: find_number(column(arch), nr);
	char *known = NULL;

	if (!found)
		found = known = seccomp_syscall_resolve_num_arch(
			x32 ? SCMP_ARCH_X32 : arch, nr);
	if (found)
		snprintf(name, size, "%s%s", x32 ? "x32:" : "", found);
	free(known);
	return found;
}

void calls_name(uint32_t arch, int nr, char *name, size_t size)
{
	if (!name_call(arch, nr, name, size))
		snprintf(name, size, "%d", nr);
}

bool calls_known(uint32_t arch, int nr)
{
	char name[64];

	return name_call(arch, nr, name, sizeof(name));
}

int calls_number(uint32_t arch, const char *name)
{
	const struct call *call = calls_find(name);
	int nr = call && column(arch) >= 0 ? call->nr[column(arch)] : -1;

	if (nr < 0)
		nr = seccomp_syscall_resolve_name_arch(arch, name);
	return nr < 0 ? -1 : nr;
}

int calls_end(uint32_t arch)
{
	int of = column(arch), end = 0;

	/* From 424 on, calls have one number everywhere. */
	if (of < 0)
		of = CALLS_X86_64;
	for (size_t i = 0; i < calls_n; i++)
		if (calls_table[i].nr[of] >= end)
			end = calls_table[i].nr[of] + 1;
	return end;
}

const char *calls_arch_name(uint32_t arch)
{
	for (size_t i = 0; i < sizeof(arches) / sizeof(*arches); i++)
		if (arches[i].arch == arch)
			return arches[i].name;
	return "?";
}

uint32_t calls_arch(const char *name)
{
	for (size_t i = 0; i < sizeof(arches) / sizeof(*arches); i++)
		if (!strcmp(arches[i].name, name))
			return arches[i].arch;
	return 0;
}

uint32_t calls_arch_nth(size_t n)
{
	return n < sizeof(arches) / sizeof(*arches) ? arches[n].arch : 0;
}

unsigned calls_bits(const char *name, unsigned arg)
{
	const struct call *call = calls_find(name);

	if (call && call->bits16 >> arg & 1)
		return 16;
	return call && call->bits32 >> arg & 1 ? 32 : 64;
}

bool calls_cuts(const char *name, unsigned arg)
{
	return calls_bits(name, arg) <= 32;
}

bool calls_takes_flags(const char *name, unsigned arg)
{
	const struct call *call = calls_find(name);

	return call && call->flags >> arg & 1;
}

bool calls_takes_pointer(const char *name, unsigned arg)
{
	const struct call *call = calls_find(name);

	return call && call->pointers >> arg & 1;
}

int calls_arity(uint32_t arch, const char *name)
{
	const struct call *call =
		calls_find(strncmp(name, "x32:", 4) ? name : name + 4);

	return call ? call->arity[arch == AUDIT_ARCH_I386] : -1;
}

int calls_errno(const char *name)
{
	for (int i = 1; i < 4096; i++) {
		const char *known = strerrorname_np(i);

		if (known && !strcasecmp(known, name))
			return i;
	}
	return 0;
}
