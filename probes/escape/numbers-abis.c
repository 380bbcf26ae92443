/* SPDX-License-Identifier: MIT */
/*
 * escape/numbers-abis.c: a filter for x86-64, i386 and x32 at once, as
 * containers have it: all numbers of each table.
 */
#include "sweep.h"

#ifdef __x86_64__
static const short four[] = { 0, 1, 60, 202, -1 };
static const short four_i386[] = { 1, 3, 4, 240, -1 };
static const short known[] = { 335, 336, -1 };
static const struct sweep tables[] = {
	{ entry_native, NULL, 1024, four, known },
	{ entry_int80, NULL, 1024, four_i386, NULL },
	{ entry_x32, NULL, 1024, four, NULL },
};
#define REFUSED X86_64_GETPID
#else
static const short four[] = { 1, 3, 4, 240, -1 };
static const struct sweep tables[] = {
	{ entry_native, NULL, 1024, four, NULL },
	{ entry_vdso, NULL, 1024, four, NULL },
};
#define REFUSED I386_GETPID
#endif

static int setup(void)
{
	return sweep_catch(SIGILL);
}

static int run(void)
{
	if (probe_unfiltered())
		return 0;
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		CHECK(!sweep_numbers(&tables[i], REFUSED));
	return 0;
}

PROBE_RAW = {
	.about = "numbers 0 to 1023 of each table under a filter for all",
	.setup = setup,
	.run = run,
	.under = "four-eperm-abis",
	.has = "ia32",
	.expect = {
		{ WORKS, .has = "uretprobe", .flavour = "!i386", .why = "all "
			"are refused but the native 335 and, since 6.18, 336, "
			"which pass every filter: see the values" },
		{ WORKS },
	},
	.seen = { "https://docs.docker.com/engine/security/seccomp/" },
};
