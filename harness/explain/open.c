/* SPDX-License-Identifier: MIT */
/* open.c: the descriptors that a process has open when it ends. */
#include "explain/open.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/text.h"

/* "pipe:[1234]": its number is another one in each run. */
static void name_open(int dir, const char *fd, struct explain_fd *to)
{
	char link[4096];
	ssize_t n = readlinkat(dir, fd, link, sizeof(link) - 1);
	char *number;

	link[n > 0 ? n : 0] = '\0';
	number = strstr(link, ":[");
	if (link[0] != '/' && number)
		*number = '\0';
	to->fd = (int)strtol(fd, NULL, 10);
	text_show(link, to->what, sizeof(to->what));
}

/* The command's own are told by name. -1: they cannot be read. */
static int list_open(const struct pass_task *task, struct explain_open *own)
{
	const struct dirent *e;
	char path[32];
	DIR *dir;
	int n = 0;

	snprintf(path, sizeof(path), "/proc/%d/fd", task->tid);
	dir = opendir(path);
	if (!dir)
		return -1;
	while ((e = readdir(dir))) {
		if (e->d_name[0] == '.')
			continue;
		if (own && n < EXPLAIN_FDS)
			name_open(dirfd(dir), e->d_name, &own->list[n]);
		n++;
	}
	closedir(dir);
	return n;
}

void pass_note_open(struct pass *pass, const struct pass_task *task)
{
	struct explain_open *open = &pass->seen->open;
	struct pass_process *p = task->process;
	bool own = p->no == 0;
	int n = list_open(task, own ? open : NULL);

	if (own) {
		open->known = n >= 0;
		open->n = n;
		return;
	}
	n = n < 0 ? 0 : n;
	open->others += n - p->open;
	p->open = n;
}
