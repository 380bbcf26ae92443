/* SPDX-License-Identifier: MIT */
/* box.c: the place where a worker runs its cells. */
#include "suite/box.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suite/base.h"
#include "sys/text.h"
#include "sys/tree.h"

static const char canary_bytes[] = "cccccccccccccccc";

static DIR *make_dir(const char *dir, const char *name)
{
	char path[200];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (mkdir(path, 0700))
		return NULL;
	return opendir(path);
}

static int put_canary(struct box *b)
{
	if (b->canary >= 0)
		close(b->canary);
	b->canary = openat(dirfd(b->outside), "canary",
		O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (b->canary < 0)
		return -errno;
	if (pwrite(b->canary, canary_bytes, 16, 0) != 16)
		return -EIO;
	return 0;
}

static int open_page(struct box *b)
{
	b->page_fd = memfd_create("quartet-cell", MFD_CLOEXEC);
	if (b->page_fd < 0 || ftruncate(b->page_fd, sizeof(*b->page)))
		return -errno;
	b->page = mmap(NULL, sizeof(*b->page), PROT_READ | PROT_WRITE,
		MAP_SHARED, b->page_fd, 0);
	return b->page == MAP_FAILED ? -errno : 0;
}

int box_open(struct box *b, const char *base)
{
	memset(b, 0, sizeof(*b));
	b->canary = -1;
	snprintf(b->dir, sizeof(b->dir), "%s/" BASE_BOX, base);
	if (!mkdtemp(b->dir))
		return -errno;
	b->cell = make_dir(b->dir, "cell");
	b->outside = b->cell ? make_dir(b->dir, "cell/outside") : NULL;
	if (!b->outside || put_canary(b))
		return -errno;
	b->out = memfd_create("quartet-out", MFD_CLOEXEC);
	b->in = memfd_create("quartet-in", MFD_CLOEXEC);
	b->null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (b->out < 0 || b->in < 0 || b->null < 0 || pipe2(b->go, O_CLOEXEC))
		return -errno;
	return open_page(b);
}

void box_close(struct box *b)
{
	closedir(b->cell);
	closedir(b->outside);
	close(b->canary);
	close(b->page_fd);
	close(b->out);
	close(b->in);
	close(b->null);
	close(b->go[0]);
	close(b->go[1]);
	munmap(b->page, sizeof(*b->page));
	tree_remove(AT_FDCWD, b->dir);
}

/* The first name in D that is not KEPT; then it is removed when REMOVE. */
static bool stray(
	DIR *d, const char *kept, bool remove, char *name, size_t size)
{
	struct dirent *e;
	bool found = false;

	rewinddir(d);
	while ((e = readdir(d))) {
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..") ||
			!strcmp(e->d_name, kept))
			continue;
		if (!found && name)
			snprintf(name, size, "%.47s", e->d_name);
		found = true;
		if (!remove)
			break;
		tree_remove(dirfd(d), e->d_name);
	}
	return found;
}

static bool canary_changed(const struct box *b)
{
	char now[17];
	struct stat st;

	return fstat(b->canary, &st) || st.st_nlink != 1 ||
	       pread(b->canary, now, sizeof(now), 0) != 16 ||
	       memcmp(now, canary_bytes, 16) != 0;
}

static void put_file(const char *name, char *effect, size_t size)
{
	struct text t = text_in(effect, size);

	text_put(&t, "file ");
	text_put_shown(&t, name);
	text_mark_cut(&t);
}

void box_effects(struct box *b, struct evidence *ev)
{
	char name[48];

	if (stray(b->outside, "canary", false, name, sizeof(name)))
		put_file(name, ev->effect, sizeof(ev->effect));
	else if (canary_changed(b))
		snprintf(ev->effect, sizeof(ev->effect), "canary");
}

int box_reset(struct box *b, const char *stdin_text)
{
	memset(b->page, 0, 4096);
	stray(b->cell, "outside", true, NULL, 0);
	stray(b->outside, "canary", true, NULL, 0);
	if (canary_changed(b) && put_canary(b))
		return -EIO;
	if (ftruncate(b->out, 0) || lseek(b->out, 0, SEEK_SET))
		return -errno;
	if (!stdin_text)
		return 0;
	if (ftruncate(b->in, 0) ||
		pwrite(b->in, stdin_text, strlen(stdin_text), 0) < 0 ||
		lseek(b->in, 0, SEEK_SET))
		return -errno;
	return 0;
}

int box_enter(const struct box *b, bool no_stdin)
{
	struct stat st;
	int in = fstat(b->in, &st) || !st.st_size ? b->null : b->in;

	if (fchdir(dirfd(b->cell)) || dup2(in, 0) < 0 || dup2(b->out, 1) < 0 ||
		dup2(b->out, 2) < 0 || dup2(b->page_fd, CELL_FD) < 0)
		return -errno;
	if (no_stdin)
		close(0);
	return 0;
}
