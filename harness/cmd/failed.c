/* SPDX-License-Identifier: MIT */
/* failed.c: says what stood in the way. */
#include "cmd/failed.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/quartet.h"
#include "sys/beside.h"
#include "sys/preflight.h"

int cmd_failed(const char *verb, const struct failure *f)
{
	static const int codes[] = {
		[FAILURE_USAGE] = EXIT_USAGE,
		[FAILURE_EVIDENCE] = EXIT_BROKEN,
		[FAILURE_SYSTEM] = EXIT_SYSTEM,
	};

	if (f->alone)
		fprintf(stderr, "quartet: %s\n", f->text);
	else
		fprintf(stderr, "quartet: %s: %s\n", verb, f->text);
	return codes[f->kind];
}

int cmd_say(const char *verb, int code, const char *what, const char *why)
{
	failure_say("%s: %s: %s", verb, what, why);
	return code;
}

int cmd_say_input(const char *verb, int err)
{
	return cmd_say(verb, EXIT_SYSTEM, "standard input",
		err == -EFBIG
			? "a pipe of more than 64 MiB, which are kept for "
			  "the next run: give a file"
			: strerror(-err));
}

int cmd_say_start(const char *verb, const char *what, int err)
{
	struct failure f;

	if (err == -EPERM && preflight_ptrace(&f))
		return cmd_failed(verb, &f);
	return cmd_say(verb, EXIT_USAGE, what, strerror(-err));
}

int cmd_say_beside(const char *verb, int err)
{
	return cmd_say(verb, EXIT_SYSTEM, "/proc/self/exe", beside_why(err));
}

static int try_to_create(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

	if (fd < 0)
		return -errno;
	close(fd);
	return unlink(path) ? -errno : 0;
}

/* What is there is not opened: a pipe would tell its reader. */
static int can_write(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return errno == ENOENT ? try_to_create(path) : -errno;
	if (S_ISDIR(st.st_mode))
		return -EISDIR;
	return access(path, W_OK) ? -errno : 0;
}

int cmd_check_output(const char *verb, const char *path)
{
	int err = path ? can_write(path) : 0;

	return err ? cmd_say(verb, EXIT_SYSTEM, path, strerror(-err)) : 0;
}

int cmd_profile_code(const struct profile_error *err)
{
	return err->system ? EXIT_SYSTEM : EXIT_USAGE;
}
