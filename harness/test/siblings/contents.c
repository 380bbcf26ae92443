/* SPDX-License-Identifier: MIT */
/* contents.c: calls on what files and folders hold, and what is told of them.
 */
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "doers.h"

#define NR_SETXATTRAT	 463
#define NR_GETXATTRAT	 464
#define NR_LISTXATTRAT	 465
#define NR_REMOVEXATTRAT 466

/* struct xattr_args, linux/xattr.h of Linux 6.13 */
struct value {
	uint64_t at;
	uint32_t size, flags;
};

DO(do_setxattr)
{
	return RAW(__NR_setxattr, "file", "user.new", "x", 1, 0);
}
DO(do_lsetxattr)
{
	return RAW(__NR_lsetxattr, "file", "user.new", "x", 1, 0);
}
DO(do_fsetxattr)
{
	return RAW(__NR_fsetxattr, s->file, "user.new", "x", 1, 0);
}
DO(do_setxattrat)
{
	struct value v = { (uintptr_t) "x", 1, 0 };

	return RAW(
		NR_SETXATTRAT, s->folder, "file", 0, "user.new", &v, sizeof(v));
}
DO(do_getxattr)
{
	char b[8];

	return RAW(__NR_getxattr, "file", "user.old", b, sizeof(b));
}
DO(do_lgetxattr)
{
	char b[8];

	return RAW(__NR_lgetxattr, "file", "user.old", b, sizeof(b));
}
DO(do_fgetxattr)
{
	char b[8];

	return RAW(__NR_fgetxattr, s->file, "user.old", b, sizeof(b));
}
DO(do_getxattrat)
{
	char b[8];
	struct value v = { (uintptr_t)b, sizeof(b), 0 };

	return RAW(
		NR_GETXATTRAT, s->folder, "file", 0, "user.old", &v, sizeof(v));
}
DO(do_listxattr)
{
	char b[256];

	return RAW(__NR_listxattr, "file", b, sizeof(b));
}
DO(do_llistxattr)
{
	char b[256];

	return RAW(__NR_llistxattr, "file", b, sizeof(b));
}
DO(do_flistxattr)
{
	char b[256];

	return RAW(__NR_flistxattr, s->file, b, sizeof(b));
}
DO(do_listxattrat)
{
	char b[256];

	return RAW(NR_LISTXATTRAT, s->folder, "file", 0, b, sizeof(b));
}
DO(do_removexattr)
{
	return RAW(__NR_removexattr, "file", "user.old");
}
DO(do_lremovexattr)
{
	return RAW(__NR_lremovexattr, "file", "user.old");
}
DO(do_fremovexattr)
{
	return RAW(__NR_fremovexattr, s->file, "user.old");
}
DO(do_removexattrat)
{
	return RAW(NR_REMOVEXATTRAT, s->folder, "file", 0, "user.old");
}

/* Who tells about a file says 0 when it is the one. */
static long is_file(long ret, const struct stat *st)
{
	return ret || st->st_size == 4 ? ret : -1000;
}
DO(do_stat)
{
	struct stat st;

	return is_file(RAW(__NR_stat, "file", &st), &st);
}
DO(do_lstat)
{
	struct stat st;

	return is_file(RAW(__NR_lstat, "file", &st), &st);
}
DO(do_newfstatat)
{
	struct stat st;

	return is_file(RAW(__NR_newfstatat, s->folder, "file", &st, 0), &st);
}
DO(do_statx)
{
	struct statx st;
	long ret = RAW(__NR_statx, s->folder, "file", 0, STATX_SIZE, &st);

	return ret || st.stx_size == 4 ? ret : -1000;
}
DO(do_access)
{
	return RAW(__NR_access, "file", R_OK);
}
DO(do_faccessat)
{
	return RAW(__NR_faccessat, s->folder, "file", R_OK);
}
DO(do_faccessat2)
{
	return RAW(__NR_faccessat2, s->folder, "file", R_OK, 0);
}
DO(do_readlink)
{
	char b[8];

	return RAW(__NR_readlink, "link", b, 8);
}
DO(do_readlinkat)
{
	char b[8];

	return RAW(__NR_readlinkat, s->folder, "link", b, 8);
}
DO(do_getdents)
{
	char b[4096];

	return RAW(__NR_getdents, s->folder, b, sizeof(b));
}
DO(do_getdents64)
{
	char b[4096];

	return RAW(__NR_getdents64, s->folder, b, sizeof(b));
}

/* Whose descriptor is read has `text`. */
static long is_text(long ret, const char *b)
{
	return ret < 0 || (ret == 4 && !memcmp(b, "text", 4)) ? ret : -1000;
}
DO(do_read)
{
	char b[8];

	return is_text(RAW(__NR_read, s->file, b, 8), b);
}
DO(do_readv)
{
	char b[8];
	struct iovec v = { b, 8 };

	return is_text(RAW(__NR_readv, s->file, &v, 1), b);
}
DO(do_pread64)
{
	char b[8];

	return is_text(RAW(__NR_pread64, s->file, b, 8, 0), b);
}
DO(do_preadv)
{
	char b[8];
	struct iovec v = { b, 8 };

	return is_text(RAW(__NR_preadv, s->file, &v, 1, 0), b);
}
DO(do_preadv2)
{
	char b[8];
	struct iovec v = { b, 8 };

	return is_text(RAW(__NR_preadv2, s->file, &v, 1, 0, 0, 0), b);
}
static struct iovec more = { (char *)"more", 4 };
DO(do_write)
{
	return RAW(__NR_write, s->file, "more", 4);
}
DO(do_writev)
{
	return RAW(__NR_writev, s->file, &more, 1);
}
DO(do_pwrite64)
{
	return RAW(__NR_pwrite64, s->file, "more", 4, 0);
}
DO(do_pwritev)
{
	return RAW(__NR_pwritev, s->file, &more, 1, 0);
}
DO(do_pwritev2)
{
	return RAW(__NR_pwritev2, s->file, &more, 1, 0, 0, 0);
}
DO(do_sendfile)
{
	long from = RAW(__NR_openat, s->folder, "source", O_RDONLY);

	return RAW(__NR_sendfile, s->file, from, 0, 4);
}

#define D(name)                                                                \
	{                                                                      \
		.call = #name, .act = do_##name                                \
	}
const struct doer doers_contents[] = { D(setxattr), D(lsetxattr), D(fsetxattr),
	D(setxattrat), D(getxattr), D(lgetxattr), D(fgetxattr), D(getxattrat),
	D(listxattr), D(llistxattr), D(flistxattr), D(listxattrat),
	D(removexattr), D(lremovexattr), D(fremovexattr), D(removexattrat),
	D(stat), D(lstat), D(newfstatat), D(statx), D(access), D(faccessat),
	D(faccessat2), D(readlink), D(readlinkat), D(getdents), D(getdents64),
	D(read), D(readv), D(pread64), D(preadv), D(preadv2), D(write),
	D(writev), D(pwrite64), D(pwritev), D(pwritev2), D(sendfile), { 0 } };
