/* SPDX-License-Identifier: MIT */
/* calls.c: system calls and architectures by name. */
#include "sys/calls.h"

#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/arch.h"

/* From 424 on, calls have one number everywhere. */
#define BOTH(nr, name)                                                         \
	{ AUDIT_ARCH_X86_64, nr, name },                                       \
	{                                                                      \
		AUDIT_ARCH_I386, nr, name                                      \
	}

/* Numbers that the kernel has and this libseccomp may not. */
static const struct {
	uint32_t arch;
	int nr;
	const char *name;
} newer[] = {
	{ AUDIT_ARCH_X86_64, 335, "uretprobe" },
	{ AUDIT_ARCH_X86_64, 336, "uprobe" },
	BOTH(450, "set_mempolicy_home_node"),
	BOTH(451, "cachestat"),
	BOTH(452, "fchmodat2"),
	BOTH(453, "map_shadow_stack"),
	BOTH(454, "futex_wake"),
	BOTH(455, "futex_wait"),
	BOTH(456, "futex_requeue"),
	BOTH(457, "statmount"),
	BOTH(458, "listmount"),
	BOTH(459, "lsm_get_self_attr"),
	BOTH(460, "lsm_set_self_attr"),
	BOTH(461, "lsm_list_modules"),
	BOTH(462, "mseal"),
	BOTH(463, "setxattrat"),
	BOTH(464, "getxattrat"),
	BOTH(465, "listxattrat"),
	BOTH(466, "removexattrat"),
	BOTH(467, "open_tree_attr"),
};

static const struct {
	uint32_t arch;
	const char *name;
} arches[] = {
	{ AUDIT_ARCH_X86_64, "x86_64" },
	{ AUDIT_ARCH_I386, "x86" },
	{ AUDIT_ARCH_AARCH64, "aarch64" },
	{ AUDIT_ARCH_ARM, "arm" },
};

/* x32 shares the architecture; a bit in the number tells (asm/unistd.h,
 * __X32_SYSCALL_BIT). */
static bool name_x32(uint32_t arch, int nr, char *name, size_t size)
{
	char *known = NULL;

	if (ARCH_HAS_X32(arch) && nr >= ARCH_X32_BIT)
		known = seccomp_syscall_resolve_num_arch(SCMP_ARCH_X32, nr);
	if (!known)
		return false;
	snprintf(name, size, "x32:%s", known);
	free(known);
	return true;
}

void calls_name(uint32_t arch, int nr, char *name, size_t size)
{
	char *known;

	if (name_x32(arch, nr, name, size))
		return;
	known = seccomp_syscall_resolve_num_arch(arch, nr);
	snprintf(name, size, "%d", nr);
	for (size_t i = 0; i < sizeof(newer) / sizeof(*newer); i++)
		if (newer[i].arch == arch && newer[i].nr == nr)
			snprintf(name, size, "%s", newer[i].name);
	if (known)
		snprintf(name, size, "%s", known);
	free(known);
}

int calls_number(uint32_t arch, const char *name)
{
	int nr = seccomp_syscall_resolve_name_arch(arch, name);

	for (size_t i = 0; nr < 0 && i < sizeof(newer) / sizeof(*newer); i++)
		if (newer[i].arch == arch && !strcmp(newer[i].name, name))
			nr = newer[i].nr;
	return nr < 0 ? -1 : nr;
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

/* Bit N: argument N is of 32 bits. */
static const struct {
	const char *call;
	unsigned args;
} cut[] = {
	{ "arch_prctl", 1 },
	{ "bpf", 1 },
	{ "clock_getres", 1 },
	{ "clock_gettime", 1 },
	{ "clock_nanosleep", 1 | 2 },
	{ "clone", 1 }, /* lower_32_bits(clone_flags), kernel/fork.c */
	{ "close", 1 },
	{ "fadvise64", 1 | 8 },
	{ "fcntl", 1 | 2 },
	{ "fstat", 1 },
	{ "fsync", 1 },
	{ "ftruncate", 1 },
	{ "futex", 2 | 4 | 32 },
	{ "getrandom", 4 },
	{ "ioctl", 1 | 2 },
	{ "keyctl", 1 },
	{ "kill", 1 | 2 },
	{ "lseek", 1 | 4 },
	{ "madvise", 4 },
	{ "membarrier", 1 | 2 | 4 },
	{ "newfstatat", 1 | 8 },
	{ "open", 2 },
	{ "openat", 1 | 4 },
	{ "personality", 1 },
	{ "prctl", 1 },
	{ "pread64", 1 },
	{ "prlimit64", 1 | 2 },
	{ "pwrite64", 1 },
	{ "read", 1 },
	{ "rt_sigaction", 1 },
	{ "rt_sigprocmask", 1 },
	{ "setns", 1 | 2 },
	{ "setsockopt", 1 | 2 | 4 | 16 },
	{ "socket", 1 | 2 | 4 },
	{ "socketpair", 1 | 2 | 4 },
	{ "tgkill", 1 | 2 | 4 },
	{ "write", 1 },
};

bool calls_cuts(const char *name, unsigned arg)
{
	for (size_t i = 0; i < sizeof(cut) / sizeof(*cut); i++)
		if (!strcmp(cut[i].call, name))
			return cut[i].args >> arg & 1;
	return false;
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
