/* SPDX-License-Identifier: MIT */
/* Tests of which programs explain runs, and what it tells of others. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <elf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "explain/explain.h"

static char file[] = "/tmp/test-find-XXXXXX";

/* What is told of a program that consists of these bytes; NULL: it may run. */
static const char *told(const void *bytes, size_t n)
{
	static struct failure f;
	char path[4096];
	int fd = open(file, O_WRONLY | O_TRUNC | O_CLOEXEC), ret;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), n);
	close(fd);
	ret = explain_find(file, path, sizeof(path), &f);
	if (!ret) {
		assert_string_equal(path, file);
		return NULL;
	}
	assert_int_equal(ret, -1);
	assert_int_equal(f.kind, FAILURE_USAGE);
	assert_false(f.alone);
	assert_memory_equal(f.text, file, strlen(file));
	assert_memory_equal(f.text + strlen(file), ": ", 2);
	return f.text + strlen(file) + 2;
}

static void machines(void **state)
{
	Elf64_Ehdr e = { .e_ident = ELFMAG, .e_machine = EM_X86_64 };

	(void)state;
	assert_null(told(&e, sizeof(e)));
	e.e_machine = EM_386;
	assert_null(told(&e, sizeof(e)));
	e.e_machine = EM_AARCH64;
	assert_string_equal(told(&e, sizeof(e)),
		"is for another machine (ELF machine 183); quartet traces "
		"x86-64 and i386");
	e.e_ident[0] = 'x';
	assert_null(told(&e, sizeof(e)));
}

static void interpreters(void **state)
{
	static const char here[] = "#! /bin/sh -e\n";
	static const char gone[] = "#!/no/such/sh\n";

	(void)state;
	assert_null(told(here, sizeof(here) - 1));
	assert_string_equal(told(gone, sizeof(gone) - 1),
		"its interpreter /no/such/sh: No such file or directory");
}

static void names(void **state)
{
	static const struct {
		const char *name, *text;
	} rows[] = {
		{ "no-such-command-of-ours",
			"no-such-command-of-ours: no such command" },
		{ "/no/such", "/no/such: No such file or directory" },
		{ "/", "/: Is a directory" },
	};
	struct failure f;
	char path[4096];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_int_equal(
			explain_find(rows[i].name, path, sizeof(path), &f), -1);
		assert_int_equal(f.kind, FAILURE_USAGE);
		assert_string_equal(f.text, rows[i].text);
	}
	assert_int_equal(explain_find("sh", path, sizeof(path), &f), 0);
	assert_string_equal(strrchr(path, '/'), "/sh");
}

static int make_file(void **state)
{
	int fd = mkstemp(file);

	(void)state;
	return fd < 0 || fchmod(fd, 0755) || close(fd);
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(machines),
		cmocka_unit_test(interpreters),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests_name(
		"explain_find", tests, make_file, remove_file);
}
