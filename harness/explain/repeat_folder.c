/* SPDX-License-Identifier: MIT */
/* repeat_folder.c: the folder of one run of many. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explain/repeat.h"
#include "sys/tree.h"

extern char **environ;

static int make(const char *base, long run, char *path, size_t size)
{
	snprintf(path, size, "%s/%ld", base, run);
	return mkdir(path, 0700) && errno != EEXIST ? -errno : 0;
}

/* With modes, times, links and holes, as only cp(1) knows how to. */
static int copy_tree(const char *from, const char *to)
{
	char all[4200];
	char *argv[] = { "cp", "-a", "--", all, (char *)to, NULL };
	int status, err;
	pid_t pid;

	snprintf(all, sizeof(all), "%s/.", from);
	err = posix_spawnp(&pid, "cp", NULL, NULL, argv, environ);
	if (err)
		return -err;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return status ? -EIO : 0;
}

int repeat_folder_enter(const char *base, long run, const char *copy)
{
	char path[4200], in[4300];
	int ret = make(base, run, path, sizeof(path));

	if (ret)
		return ret;
	snprintf(in, sizeof(in), "%s/folder", path);
	if (mkdir(in, 0700))
		return -errno;
	ret = copy_tree(copy, in);
	if (!ret && chdir(in))
		ret = -errno;
	return ret;
}

static int keep_output(const char *dir, const char *name, int from)
{
	char path[4300];
	off_t at = 0, size = lseek(from, 0, SEEK_END);
	int to, ret = 0;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (to < 0)
		return -errno;
	while (!ret && at < size)
		if (sendfile(to, from, &at, (size_t)(size - at)) <= 0)
			ret = errno ? -errno : -EIO;
	return close(to) && !ret ? -errno : ret;
}

static int keep_report(const char *dir, const char *report)
{
	char path[4300];
	FILE *to;
	int ret;

	snprintf(path, sizeof(path), "%s/report.json", dir);
	to = fopen(path, "we");
	if (!to)
		return -errno;
	ret = fputs(report, to) < 0;
	return fclose(to) || ret ? -EIO : 0;
}

int repeat_folder_keep(const char *base, long run,
	const struct explain_seen *seen, const char *report)
{
	char path[4200];
	int ret = make(base, run, path, sizeof(path));

	if (!ret)
		ret = keep_output(path, "stdout", seen->out);
	if (!ret)
		ret = keep_output(path, "stderr", seen->err);
	return ret ? ret : keep_report(path, report);
}

void repeat_folder_drop(const char *base, long run)
{
	char path[4200];

	snprintf(path, sizeof(path), "%s/%ld", base, run);
	tree_remove(AT_FDCWD, path);
}
