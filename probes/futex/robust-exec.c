/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-exec.c: an exec walks the robust list of the old program, and
 * forgets it: CVE-2012-0028 had the new one's memory marked by the old list.
 */
#include "robust.h"

static struct robust *entry;
static const char *const args[] = { "true", NULL };

static void lay_list(void)
{
	head.list.next = &entry->list;
	entry->list.next = &head.list;
	entry->word = (int)(FUTEX_WAITERS | tid);
}

static int partner(void)
{
	probe_open(&robust_go);
	robust_owner(NULL);
	sys(__NR_execve, "/bin/true", args, args + 1);
	return 1;
}

static int setup(void)
{
	entry = probe_shared();
	return !entry || probe_partner(partner) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	int died = (int)(FUTEX_WAITERS | FUTEX_OWNER_DIED), was;

	while ((was = *(volatile int *)&entry->word) != died)
		sys_futex(&entry->word, FUTEX_WAIT, was, NULL, NULL, 0);
	return 0;
}

PROBE_RAW = {
	.about = "a process with a robust lock in shared memory runs another "
		 "program",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "the mark can only come from the exec: the new "
				"program does not have the memory" },
	},
	.covers = "cve/2012-0028",
	.seen = { "https://nvd.nist.gov/vuln/detail/CVE-2012-0028",
		"https://git.kernel.org/linus/8141c7f3e7ae",
		"Linux kernel/fork.c, exec_mm_release" },
};
