/* SPDX-License-Identifier: MIT */
/* test_object.c: the file that is mapped, or none; never one that only has its
 * path. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "stack/object.h"

#define SIZE 8192

static char dir[] = "/tmp/quartet-object-XXXXXX";
static char path[64], other[64];
static void *mapped;

/* What it takes to open what is in /proc/PID/map_files. */
#define ADMIN	(1u << CAP_SYS_ADMIN)
#define RESTORE (1u << (CAP_CHECKPOINT_RESTORE - 32))

static struct __user_cap_header_struct head = {
	.version = _LINUX_CAPABILITY_VERSION_3
};

static bool is_privileged(void)
{
	struct __user_cap_data_struct caps[2];

	assert_int_equal(syscall(SYS_capget, &head, caps), 0);
	return caps[0].effective & ADMIN || caps[1].effective & RESTORE;
}

static void be_ordinary(void)
{
	struct __user_cap_data_struct caps[2];

	assert_int_equal(syscall(SYS_capget, &head, caps), 0);
	caps[0].effective &= ~ADMIN;
	caps[1].effective &= ~RESTORE;
	assert_int_equal(syscall(SYS_capset, &head, caps), 0);
}

static void be_again(void)
{
	struct __user_cap_data_struct caps[2];

	assert_int_equal(syscall(SYS_capget, &head, caps), 0);
	caps[0].effective = caps[0].permitted;
	caps[1].effective = caps[1].permitted;
	assert_int_equal(syscall(SYS_capset, &head, caps), 0);
}

static void write_file(const char *name, char fill)
{
	char bytes[SIZE];
	int fd = open(name, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);

	memset(bytes, fill, sizeof(bytes));
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, sizeof(bytes)), SIZE);
	close(fd);
}

static int set_up(void **state)
{
	int fd;

	(void)state;
	strcpy(dir, "/tmp/quartet-object-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/mapped", dir);
	snprintf(other, sizeof(other), "%s/other", dir);
	write_file(path, 'm');
	fd = open(path, O_RDONLY | O_CLOEXEC);
	mapped = mmap(NULL, SIZE, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	return mapped == MAP_FAILED ? -1 : 0;
}

static int tear_down(void **state)
{
	(void)state;
	be_again();
	munmap(mapped, SIZE);
	unlink(path);
	unlink(other);
	return rmdir(dir);
}

/* What the mapped file is filled with; 0: none was opened. */
static char opened(bool foreign_dev)
{
	char name[MAPS_PATH + 32], c = 0;
	struct map map;
	uint64_t key = 0;
	int fd;

	assert_int_equal(maps_find(getpid(), (uintptr_t)mapped, &map), 1);
	if (foreign_dev)
		map.dev = makedev(99, 99);
	fd = object_open(getpid(), &map, &key, name, sizeof(name));
	if (fd < 0)
		return 0;
	assert_int_not_equal(key, 0);
	assert_int_equal(pread(fd, &c, 1, 0), 1);
	close(fd);
	return c;
}

static void as_it_is(void **state)
{
	(void)state;
	assert_int_equal(opened(false), 'm');
	be_ordinary();
	assert_int_equal(opened(false), 'm');
}

static void replaced(void **state)
{
	(void)state;
	write_file(other, 'o');
	assert_int_equal(rename(other, path), 0);
	if (is_privileged())
		assert_int_equal(opened(false), 'm');
	be_ordinary();
	assert_int_equal(opened(false), 0);
}

static void deleted(void **state)
{
	(void)state;
	assert_int_equal(unlink(path), 0);
	if (is_privileged())
		assert_int_equal(opened(false), 'm');
	be_ordinary();
	assert_int_equal(opened(false), 0);
	/* A file that is really called so. */
	snprintf(other, sizeof(other), "%s/mapped (deleted)", dir);
	write_file(other, 'o');
	assert_int_equal(opened(false), 0);
}

/* Btrfs and overlayfs tell of two devices: there the bytes must be the same. */
static void of_another_device(void **state)
{
	int fd;

	(void)state;
	be_ordinary();
	assert_int_equal(opened(true), 'm');
	write_file(other, 'm');
	/* In the second page. */
	fd = open(other, O_WRONLY | O_CLOEXEC);
	assert_int_equal(pwrite(fd, "o", 1, SIZE - 1), 1);
	close(fd);
	assert_int_equal(rename(other, path), 0);
	assert_int_equal(opened(true), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(as_it_is, set_up, tear_down),
		cmocka_unit_test_setup_teardown(replaced, set_up, tear_down),
		cmocka_unit_test_setup_teardown(deleted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			of_another_device, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
