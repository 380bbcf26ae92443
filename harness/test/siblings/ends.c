/* SPDX-License-Identifier: MIT */
/* ends.c: whether what a call does was done, by what the world looks like. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "doers.h"

/* What the world has to look like after it was done; NULL: the call itself
 * says it. */
static bool has_new(const struct stage *s)
{
	(void)s;
	return !faccessat(AT_FDCWD, "new", F_OK, AT_SYMLINK_NOFOLLOW);
}
static struct stat of(const char *name)
{
	struct stat st = { 0 };

	stat(name, &st);
	return st;
}
static bool has_mode(const struct stage *s)
{
	(void)s;
	return (of("file").st_mode & 07777) == 0640;
}
static bool has_owner(const struct stage *s)
{
	(void)s;
	return of("file").st_uid == 1 && of("file").st_gid == 1;
}
static bool has_no_file(const struct stage *s)
{
	(void)s;
	return access("file", F_OK);
}
static bool has_no_folder(const struct stage *s)
{
	(void)s;
	return access("folder", F_OK);
}
static bool is_cut(const struct stage *s)
{
	(void)s;
	return of("file").st_size == 1;
}
static bool is_old(const struct stage *s)
{
	(void)s;
	return of("file").st_mtime == 1;
}
static bool has_attribute(const struct stage *s)
{
	(void)s;
	return getxattr("file", "user.new", NULL, 0) == 1;
}
static bool has_no_attribute(const struct stage *s)
{
	(void)s;
	return getxattr("file", "user.old", NULL, 0) < 0;
}
static bool is_written(const struct stage *s)
{
	char b[8] = "";

	return pread(s->file, b, 4, 0) == 4 && !strcmp(b, "more");
}
static bool is_connected(const struct stage *s)
{
	struct pollfd p = { .fd = s->listener, .events = POLLIN };

	return poll(&p, 1, 2000) == 1;
}
static bool is_killed(const struct stage *s)
{
	siginfo_t info = { 0 };

	return !waitid(P_PID, (id_t)s->other, &info, WEXITED | WNOWAIT) &&
	       info.si_status == SIGKILL;
}

static const struct {
	const char *what;
	bool (*is_done)(const struct stage *s);
} ends[] = {
	{ "starts", has_new },
	{ "opens", has_new },
	{ "changes a file's mode", has_mode },
	{ "changes a file's owner", has_owner },
	{ "takes a name", has_no_file },
	{ "takes a folder", has_no_folder },
	{ "renames", has_new },
	{ "makes a link", has_new },
	{ "makes a symbolic", has_new },
	{ "makes a folder", has_new },
	{ "makes a device", has_new },
	{ "makes a process", has_new },
	{ "cuts", is_cut },
	{ "sets a file's times", is_old },
	{ "sets an extended", has_attribute },
	{ "takes an extended", has_no_attribute },
	{ "writes to", is_written },
	{ "connects", is_connected },
	{ "sends a signal", is_killed },
};

bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

bool is_done(const char *what, const struct stage *s)
{
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (begins(what, ends[i].what))
			return ends[i].is_done(s);
	return true;
}
