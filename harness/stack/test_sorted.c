/* SPDX-License-Identifier: MIT */
/* test_sorted.c: what is found among sorted symbols is what libdw finds, all
 * over what this program has mapped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "stack/sorted.h"

#define STEP 4093 /* bytes: prime, so that all parts of functions are met */

static int compared, named;

/* The same name, or the same address by another: aliases are equals. */
static void compare(
	Dwfl_Module *module, struct sorted *s, uint64_t start, uint64_t offset)
{
	int i = sorted_find(s, module, start, offset);
	GElf_Sym theirs, ours;
	GElf_Addr value;
	GElf_Off into;
	const char *name = dwfl_module_addrinfo(
		module, start + offset, &into, &theirs, NULL, NULL, NULL);

	if (i == SORTED_ASK)
		return;
	compared++;
	if (i == SORTED_NONE) {
		assert_null(name);
		return;
	}
	named++;
	assert_non_null(name);
	assert_string_equal(dwfl_module_getsym_info(
				    module, i, &ours, &value, NULL, NULL, NULL),
		name);
	assert_int_equal(value, start + offset - into);
	assert_int_equal(ours.st_size, theirs.st_size);
}

static int look(Dwfl_Module *module, void **user, const char *name,
	Dwarf_Addr start, void *arg)
{
	struct sorted s = { .key = 1 };
	Dwarf_Addr end;

	(void)user;
	(void)name;
	(void)arg;
	dwfl_module_info(module, NULL, NULL, &end, NULL, NULL, NULL, NULL);
	if (dwfl_module_getsymtab(module) > 20000)
		return DWARF_CB_OK;
	for (uint64_t at = 0; at < end - start; at += STEP)
		compare(module, &s, start, at);
	sorted_free(&s);
	return DWARF_CB_OK;
}

static void test_as_libdw(void **state)
{
	static char *path;
	static const Dwfl_Callbacks callbacks = {
		.find_elf = dwfl_linux_proc_find_elf,
		.find_debuginfo = dwfl_standard_find_debuginfo,
		.debuginfo_path = &path,
	};
	Dwfl *dwfl = dwfl_begin(&callbacks);

	(void)state;
	assert_non_null(dwfl);
	assert_int_equal(dwfl_linux_proc_report(dwfl, getpid()), 0);
	dwfl_report_end(dwfl, NULL, NULL);
	dwfl_getmodules(dwfl, look, NULL, 0);
	dwfl_end(dwfl);
	assert_true(compared > 100);
	assert_true(named > 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_as_libdw),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
