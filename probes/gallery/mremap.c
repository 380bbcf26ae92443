/* SPDX-License-Identifier: MIT */
/* gallery/mremap.c: realloc moves pages, not bytes. */
#include "probe.h"

#include <stdlib.h>

static void *p;

static int setup(void)
{
	return (p = malloc(1 << 20)) ? 0 : ENOMEM;
}

static int run(void)
{
	return (p = realloc(p, 1 << 24)) ? 0 : ENOMEM;
}

PROBE = {
	.about = "realloc of a megabyte without mremap",
	.setup = setup,
	.run = run,
	.under = "no-mremap no-mremap-eperm",
	.symptom = "ctags dies on large files alone",
	.diagnosis = "the filter killed it at mremap: the heap grows",
	.expect = {
		{ WORKS, .under = "*-eperm", .why = "it copies then, slower" },
		{ DIES("mremap") },
	},
	.seen = { "https://github.com/universal-ctags/ctags/pull/1494",
		"https://github.com/elastic/ml-cpp/pull/1819" },
};
