/* SPDX-License-Identifier: MIT */
/* files.c: calls on files, folders and descriptors. */
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <utime.h>

#include "doers.h"

#define NR_FCHMODAT2 452

DO(do_open)
{
	return RAW(__NR_open, "new", O_CREAT | O_WRONLY, 0600);
}
DO(do_creat)
{
	return RAW(__NR_creat, "new", 0600);
}
DO(do_openat)
{
	return RAW(__NR_openat, s->folder, "new", O_CREAT | O_WRONLY, 0600);
}
DO(do_openat2)
{
	struct open_how how = { .flags = O_CREAT | O_WRONLY, .mode = 0600 };

	return RAW(__NR_openat2, s->folder, "new", &how, sizeof(how));
}

DO(do_chmod)
{
	return RAW(__NR_chmod, "file", 0640);
}
DO(do_fchmod)
{
	return RAW(__NR_fchmod, s->file, 0640);
}
DO(do_fchmodat)
{
	return RAW(__NR_fchmodat, s->folder, "file", 0640);
}
DO(do_fchmodat2)
{
	return RAW(NR_FCHMODAT2, s->folder, "file", 0640, 0);
}

DO(do_chown)
{
	return RAW(__NR_chown, "file", 1, 1);
}
DO(do_lchown)
{
	return RAW(__NR_lchown, "file", 1, 1);
}
DO(do_fchown)
{
	return RAW(__NR_fchown, s->file, 1, 1);
}
DO(do_fchownat)
{
	return RAW(__NR_fchownat, s->folder, "file", 1, 1, 0);
}

DO(do_unlink)
{
	return RAW(__NR_unlink, "file");
}
DO(do_unlinkat)
{
	return RAW(__NR_unlinkat, s->folder, "file", 0);
}
DO(do_rmdir)
{
	return RAW(__NR_rmdir, "folder");
}
DO(do_unlinkat_folder)
{
	return RAW(__NR_unlinkat, s->folder, "folder", AT_REMOVEDIR);
}

DO(do_rename)
{
	return RAW(__NR_rename, "file", "new");
}
DO(do_renameat)
{
	return RAW(__NR_renameat, s->folder, "file", s->folder, "new");
}
DO(do_renameat2)
{
	return RAW(__NR_renameat2, s->folder, "file", s->folder, "new", 0);
}
DO(do_link)
{
	return RAW(__NR_link, "file", "new");
}
DO(do_linkat)
{
	return RAW(__NR_linkat, s->folder, "file", s->folder, "new", 0);
}
DO(do_symlink)
{
	return RAW(__NR_symlink, "file", "new");
}
DO(do_symlinkat)
{
	return RAW(__NR_symlinkat, "file", s->folder, "new");
}
DO(do_mkdir)
{
	return RAW(__NR_mkdir, "new", 0700);
}
DO(do_mkdirat)
{
	return RAW(__NR_mkdirat, s->folder, "new", 0700);
}
DO(do_mknod)
{
	return RAW(__NR_mknod, "new", S_IFIFO | 0600, 0);
}
DO(do_mknodat)
{
	return RAW(__NR_mknodat, s->folder, "new", S_IFIFO | 0600, 0);
}
DO(do_truncate)
{
	return RAW(__NR_truncate, "file", 1);
}
DO(do_ftruncate)
{
	return RAW(__NR_ftruncate, s->file, 1);
}

DO(do_utime)
{
	struct utimbuf t = { 1, 1 };

	return RAW(__NR_utime, "file", &t);
}
DO(do_utimes)
{
	struct timeval t[2] = { { 1, 0 }, { 1, 0 } };

	return RAW(__NR_utimes, "file", t);
}
DO(do_futimesat)
{
	struct timeval t[2] = { { 1, 0 }, { 1, 0 } };

	return RAW(__NR_futimesat, s->folder, "file", t);
}
DO(do_utimensat)
{
	struct timespec t[2] = { { 1, 0 }, { 1, 0 } };

	return RAW(__NR_utimensat, s->folder, "file", t, 0);
}

#define D(name)                                                                \
	{                                                                      \
		.call = #name, .act = do_##name                                \
	}
const struct doer doers_files[] = { D(open), D(creat), D(openat), D(openat2),
	D(chmod), D(fchmod), D(fchmodat), D(fchmodat2), D(chown), D(lchown),
	D(fchown), D(fchownat), D(unlink),
	{ "takes a folder away", "unlinkat", do_unlinkat_folder }, D(unlinkat),
	D(rmdir), D(rename), D(renameat), D(renameat2), D(link), D(linkat),
	D(symlink), D(symlinkat), D(mkdir), D(mkdirat), D(mknod), D(mknodat),
	D(truncate), D(ftruncate), D(utime), D(utimes), D(futimesat),
	D(utimensat), { 0 } };
