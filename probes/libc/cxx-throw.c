/* SPDX-License-Identifier: MIT */
/* libc/cxx-throw.c: a C++ exception, by the runtime's own functions: memory
 * from the warm heap, and a walk over tables that are mapped. Nobody catches
 * it: the search goes to the stack's end, and terminate's handler jumps out. */
#include "probe.h"

#include <dlfcn.h>
#include <setjmp.h>

static void *(*allocate)(size_t);
static void (*cxa_throw)(void *, void *, void (*)(void *));
static void *type_int;
static jmp_buf out;

static void ended(void)
{
	longjmp(out, 1);
}

static int setup(void)
{
	void *(*set)(void (*)(void));
	void *lib = dlopen("libstdc++.so.6", RTLD_NOW);

	if (!lib)
		return ELIBACC;
	set = dlsym(lib, "_ZSt13set_terminatePFvvE");
	allocate = dlsym(lib, "__cxa_allocate_exception");
	cxa_throw = dlsym(lib, "__cxa_throw");
	type_int = dlsym(lib, "_ZTIi");
	if (set)
		set(ended);
	return set && allocate && cxa_throw && type_int ? 0 : ELIBBAD;
}

static int run(void)
{
	if (setjmp(out) == 0)
		cxa_throw(allocate(sizeof(int)), type_int, NULL);
	return 0;
}

PROBE = {
	.about = "throw an int as C++ does, and end in terminate",
	.setup = setup,
	.run = run,
	.under = "four three",
	.flavours = "glibc",
	.has = "cxx",
	.expect = {
		{ DIES("futex"), .under = "three", .has = "unwind_once",
			.why = "one thread, and a futex call: the first "
			       "unwind is a pthread_once, which always wakes" },
		{ WORKS },
	},
	.seen = { "gcc libstdc++-v3/libsupc++/eh_throw.cc",
		"gcc 12 libgcc/unwind-dw2.c, uw_init_context_1",
		"glibc 2.36 nptl/pthread_once.c" },
};
