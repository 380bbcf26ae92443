/* SPDX-License-Identifier: MIT */
/* test_maps.c: lines of proc_pid_maps(5), and what this process has mapped. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "sys/maps.h"

static struct map map;

/* Lines as in the manual page's example. */
static void documented(void **state)
{
	(void)state;
	assert_true(maps_parse("00400000-00452000 r-xp 00000000 08:02 173521"
			       "      /usr/bin/dbus-daemon\n",
		&map));
	assert_int_equal(map.start, 0x400000);
	assert_int_equal(map.end, 0x452000);
	assert_string_equal(map.perms, "r-xp");
	assert_int_equal(map.offset, 0);
	assert_int_equal(map.dev, makedev(8, 2));
	assert_int_equal(map.inode, 173521);
	assert_string_equal(map.path, "/usr/bin/dbus-daemon");
	assert_true(maps_parse("35b1a21000-35b1a22000 rw-p 00021000 fd:1f "
			       "135870  /usr/lib64/ld-2.15.so\n",
		&map));
	assert_int_equal(map.start, 0x35b1a21000);
	assert_int_equal(map.offset, 0x21000);
	assert_int_equal(map.dev, makedev(0xfd, 0x1f));
	assert_true(
		maps_parse("f2c6ff8c000-7f2c7078c000 rw-p 00000000 00:00 0    "
			   "[stack:986]\n",
			&map));
	assert_string_equal(map.path, "[stack:986]");
	assert_int_equal(map.inode, 0);
	assert_true(maps_parse(
		"35b1a22000-35b1a23000 rw-p 00000000 00:00 0 \n", &map));
	assert_string_equal(map.path, "");
	assert_true(maps_parse(
		"35b1a22000-35b1a23000 rw-p 00000000 00:00 0", &map));
	assert_string_equal(map.path, "");
	assert_true(maps_parse("ffffffffff600000-ffffffffff601000 --xp "
			       "00000000 00:00 0                  [vsyscall]\n",
		&map));
	assert_int_equal(map.start, 0xffffffffff600000);
}

/* What stands behind the inode is the path, whatever it looks like. */
static void hostile_paths(void **state)
{
	static const char *const paths[] = {
		"/tmp/a b  c",
		"/tmp/a (deleted)",
		"/tmp/a (deleted) (deleted)",
		"/tmp/two\\012lines",
		"/tmp/7f0000000000-7f0000001000 rwxp 00000000 08:01 1 /x",
		"/tmp/\\012400000-401000 r-xp 00000000 08:01 1 /x",
		"/tmp/[vdso]",
		"/tmp/trailing blank ",
		"/tmp/%s%n%d",
		"/tmp/\033[2J\xff\xc3",
		"/memfd:a b (deleted)",
		"/SYSV00000000 (deleted)",
		"anon_inode:[io_uring]",
		"[anon: a]b /c]",
		"[anon_shmem:x]",
	};
	char line[256];

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		snprintf(line, sizeof(line),
			"7f12-7f34 rw-s 00001000 103:04 18446744073709551615"
			"     %s\n",
			paths[i]);
		assert_true(maps_parse(line, &map));
		assert_string_equal(map.path, paths[i]);
		assert_int_equal(map.start, 0x7f12);
		assert_int_equal(map.end, 0x7f34);
		assert_string_equal(map.perms, "rw-s");
		assert_int_equal(map.dev, makedev(0x103, 4));
		assert_int_equal(map.inode, UINT64_MAX);
	}
}

static void long_path(void **state)
{
	static char line[4 * MAPS_PATH];
	size_t head = (size_t)sprintf(line, "1-2 r--p 0 0:0 5 ");

	(void)state;
	memset(line + head, '/', 3 * MAPS_PATH);
	assert_true(maps_parse(line, &map));
	assert_int_equal(strlen(map.path), MAPS_PATH - 1);
}

static void no_lines(void **state)
{
	static const char *const lines[] = {
		"",
		"\n",
		"/tmp/rest of a path\n",
		"1-2\n",
		"1-2 r-xp 0 08:02\n",
		"1-2 r-xp 0 0802 5 /x\n",
		"2-1 r-xp 0 08:02 5 /x\n",
		"1-1 r-xp 0 08:02 5 /x\n",
		"1-2 rxwp 0 08:02 5 /x\n",
		"1-2 r-x 0 08:02 5 /x\n",
		"1-2 r-xpp 0 08:02 5 /x\n",
		"1-2 r-xp 0 08:02 5/x\n",
		"Size:                  4 kB\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		assert_false(maps_parse(lines[i], &map));
}

/* A file whose name holds what looks like a line of its own, mapped low, where
 * the maps write zeros before the address, and then deleted. */
static void of_this_process(void **state)
{
	static const char name[] = "/a\n0-ffffffffffffffff rwxp 0 0:0 0 [vdso]";
	char dir[] = "/tmp/maps.XXXXXX", path[128], file[MAPS_FILE];
	void *at = (void *)0x200000;
	struct stat st, link;
	int fd;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s%s", dir, name);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, 8192), 0);
	assert_int_equal(fstat(fd, &st), 0);
	assert_ptr_equal(mmap(at, 4096, PROT_READ,
				 MAP_SHARED | MAP_FIXED_NOREPLACE, fd, 4096),
		at);
	unlink(path);
	rmdir(dir);
	assert_int_equal(maps_find(getpid(), 0x200fff, &map), 1);
	assert_int_equal(map.start, 0x200000);
	assert_int_equal(map.end, 0x201000);
	assert_string_equal(map.perms, "r--s");
	assert_int_equal(map.offset, 4096);
	assert_int_equal(map.inode, st.st_ino);
	assert_non_null(strstr(map.path, "/a\\0120-ffff"));
	assert_non_null(strstr(map.path, "[vdso] (deleted)"));
	maps_file(getpid(), &map, file, sizeof(file));
	assert_int_equal(lstat(file, &link), 0);
	assert_true(S_ISLNK(link.st_mode));
	/* The one that the kernel maps, not the one that is called so. */
	assert_int_equal(maps_find_path(getpid(), "[vdso]", &map), 1);
	assert_string_equal(map.perms, "r-xp");
	munmap(at, 4096);
	assert_int_equal(maps_find(getpid(), 0x200000, &map), 0);
	close(fd);
}

static void one_by_one(void **state)
{
	bool has_stack = false, has_code = false;
	uint64_t before = 0;
	struct maps m;
	int ret;

	(void)state;
	assert_int_equal(maps_open(&m, getpid()), 0);
	while ((ret = maps_next(&m, &map)) > 0) {
		assert_true(map.start >= before);
		before = map.end;
		has_stack = has_stack || (map.start <= (uintptr_t)&m &&
						 (uintptr_t)&m < map.end);
		has_code = has_code ||
			   (map.perms[2] == 'x' &&
				   map.start <= (uintptr_t)one_by_one &&
				   (uintptr_t)one_by_one < map.end);
	}
	assert_int_equal(ret, 0);
	maps_close(&m);
	assert_true(has_stack && has_code);
	assert_int_equal(maps_open(&m, -1), -ENOENT);
	assert_int_equal(maps_find(-1, 0, &map), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documented),
		cmocka_unit_test(hostile_paths),
		cmocka_unit_test(long_path),
		cmocka_unit_test(no_lines),
		cmocka_unit_test(of_this_process),
		cmocka_unit_test(one_by_one),
	};

	return cmocka_run_group_tests_name("maps", tests, NULL, NULL);
}
