/* SPDX-License-Identifier: MIT */
/* gallery/brk.c: memory that goes back, after the filter. */
#include "probe.h"

#include <stdlib.h>

#define N 512

static void *p[N];

/* glibc 2.43 makes a thread's cache at its first free: behind what is kept
 * here the top of the heap would not be free. */
static int setup(void)
{
	void *volatile first = malloc(10);

	free(first);
	for (int i = 0; i < N; i++)
		if (!(p[i] = malloc(1000)))
			return ENOMEM;
	return 0;
}

static int run(void)
{
	for (int i = 0; i < N; i++)
		free(p[i]);
	return 0;
}

PROBE = {
	.about = "free half a megabyte without brk",
	.setup = setup,
	.run = run,
	.under = "no-brk no-brk-enosys",
	.symptom = "now and then killed inside seccomp_load: libseccomp frees "
		   "what it built once the filter is in force",
	.diagnosis = "the filter killed it at brk: the heap gives memory back",
	.expect = {
		{ WORKS, .under = "*-enosys" },
		{ WORKS, .flavour = "musl" },
		{ DIES("brk") },
	},
	.seen = { "https://github.com/Solo5/solo5/issues/477" },
};
