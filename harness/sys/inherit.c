/* SPDX-License-Identifier: MIT */
/* inherit.c: a command gets the descriptors that quartet got, and no others. */
#include "sys/inherit.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/text.h"

#define MAX 256

static int noted[MAX], nnoted;
static off_t offsets[MAX]; /* of files; or -1 */
static bool dies_of_size;
static bool unknown; /* more than there is room for, or no /proc */

void inherit_note(void)
{
	DIR *dir = opendir("/proc/self/fd");
	const struct dirent *e;

	dies_of_size = signal(SIGXFSZ, SIG_IGN) == SIG_DFL;
	unknown = !dir;
	while (dir && !unknown && (e = readdir(dir)) != NULL) {
		int fd = (int)strtol(e->d_name, NULL, 10);

		if (e->d_name[0] == '.' || fd < 3 || fd == dirfd(dir) ||
			fcntl(fd, F_GETFD) & FD_CLOEXEC)
			continue;
		unknown = nnoted == MAX;
		if (unknown)
			continue;
		offsets[nnoted] = lseek(fd, 0, SEEK_CUR);
		noted[nnoted++] = fd;
	}
	if (dir)
		closedir(dir);
}

const char *inherit_kind(int fd)
{
	struct stat st;

	if (fstat(fd, &st))
		return NULL;
	switch (st.st_mode & S_IFMT) {
	case S_IFIFO:
		return "a pipe";
	case S_IFSOCK:
		return "a socket";
	case S_IFCHR:
		return isatty(fd) ? "a terminal" : "a device";
	case 0:
		return "no file"; /* eventfd(2) and the like */
	}
	return NULL;
}

void inherit_spent(struct text *t, const char *before)
{
	for (int i = 0; i < nnoted; i++) {
		const char *kind = inherit_kind(noted[i]);

		if (!kind || (offsets[i] >= 0 && strcmp(kind, "no file")) ||
			(fcntl(noted[i], F_GETFL) & O_ACCMODE) == O_WRONLY)
			continue;
		text_put(t, "%s%d (%s)", before, noted[i], kind);
		before = ", ";
	}
	if (nnoted == MAX)
		text_put(t, "%sthose beyond %d of them", before, MAX);
}

void inherit_rewind(void)
{
	for (int i = 0; i < nnoted; i++)
		if (offsets[i] >= 0)
			lseek(noted[i], offsets[i], SEEK_SET);
}

void inherit_only(void)
{
	if (dies_of_size)
		signal(SIGXFSZ, SIG_DFL);
	if (unknown || close_range(3, UINT_MAX, CLOSE_RANGE_CLOEXEC))
		return;
	for (int i = 0; i < nnoted; i++)
		fcntl(noted[i], F_SETFD, 0);
}
