/* SPDX-License-Identifier: MIT */
/* test_mem.c: memory that ends, that may only be read, that is not there. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/mem.h"

static char *page; /* and behind it nothing */
static size_t size;
static pid_t child; /* has the same */

/* Two pages, of which the second is taken away before the child is born. */
static int setup(void **state)
{
	(void)state;
	size = (size_t)sysconf(_SC_PAGESIZE);
	page = mmap(NULL, 2 * size, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED || munmap(page + size, size))
		return -1;
	memset(page, 'x', size);
	child = fork();
	while (!child)
		pause();
	return child < 0 ? -1 : 0;
}

static int teardown(void **state)
{
	(void)state;
	kill(child, SIGKILL);
	return waitpid(child, NULL, 0) != child;
}

static void reads(void **state)
{
	uint64_t at = (uintptr_t)page, end = at + size;
	char buf[100];

	(void)state;
	assert_int_equal(mem_read(child, at, buf, sizeof(buf)), sizeof(buf));
	assert_memory_equal(buf, page, sizeof(buf));
	assert_int_equal(mem_read(child, end - 7, buf, sizeof(buf)), 7);
	assert_int_equal(mem_read(child, end, buf, sizeof(buf)), -EFAULT);
	assert_int_equal(mem_read(child, end, buf, 0), 0);
	assert_int_equal(mem_read(child, 0, buf, 1), -EFAULT);
	assert_int_equal(mem_read(child, UINT64_MAX, buf, 2), -EFAULT);
	assert_int_equal(mem_read(INT32_MAX, at, buf, 1), -ESRCH);
	assert_true(mem_read_all(child, end - 7, buf, 7));
	assert_false(mem_read_all(child, end - 7, buf, 8));
}

static void writes(void **state)
{
	uint64_t at = (uintptr_t)page, end = at + size;
	uint64_t text = (uintptr_t) "may only be read";
	char buf[4] = "";

	(void)state;
	assert_true(mem_write_all(child, end - 3, "abc", 3));
	assert_true(mem_read_all(child, end - 3, buf, 3));
	assert_string_equal(buf, "abc");
	assert_memory_equal(page + size - 3, "xxx", 3);
	assert_false(mem_write_all(child, end - 3, "abcd", 4));
	assert_false(mem_write_all(child, text, "MAY", 3));
	assert_true(mem_patch(child, text, "MAY", 3));
	assert_true(mem_read_all(child, text, buf, 3));
	assert_string_equal(buf, "MAY");
	assert_false(mem_patch(child, end, "MAY", 3));
	assert_false(mem_patch(INT32_MAX, at, "MAY", 3));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(writes),
	};

	return cmocka_run_group_tests_name("mem", tests, setup, teardown);
}
