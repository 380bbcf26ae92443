/* SPDX-License-Identifier: MIT */
/*
 * probe_group.c: a program that is a group of probes. The name that the kernel
 * was told tells which, whatever argv[0] says.
 */
#include "probe/group.h"

#include <string.h>
#include <sys/auxv.h>

const struct probe *probe_mine(void)
{
	static const char none[] = "this program is no probe of that name\n";
	const char *path = (const char *)getauxval(AT_EXECFN);
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	for (const struct probe_named *p = probe_group; p->name; p++)
		if (!strcmp(p->name, name))
			return p->probe;
	sys(__NR_write, 2, none, sizeof(none) - 1);
	sys(__NR_exit_group, 2);
	return NULL;
}
