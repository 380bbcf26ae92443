/* SPDX-License-Identifier: MIT */
/* waited.c: what a sleeping thread waits for, by /proc and its memory. */
#include "explain/waited.h"

#include <linux/futex.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/maps.h"
#include "sys/mem.h"
#include "sys/peer.h"
#include "sys/proc.h"

#define FDS_MAX 1024 /* of select(2) that are looked at */

static uint64_t eventfd_id(pid_t tid, int fd)
{
	static const char key[] = "\neventfd-id:";
	char text[512];
	const char *at;

	proc_read(text, sizeof(text), "%d/fdinfo/%d", tid, fd);
	at = strstr(text, key);
	return at ? strtoull(at + sizeof(key) - 1, NULL, 10) : UINT64_MAX;
}

struct waited waited_fd(pid_t pid, pid_t tid, int fd)
{
	struct waited w = { .pid = pid, .fd = fd };
	char path[48], to[32] = "";
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", tid, fd);
	if (fd < 0 || stat(path, &st))
		return w;
	w.dev = st.st_dev;
	w.ino = st.st_ino;
	if (S_ISFIFO(st.st_mode)) {
		w.kind = WAITED_PIPE;
	} else if (S_ISSOCK(st.st_mode)) {
		w.kind = WAITED_SOCKET;
	} else if (readlink(path, to, sizeof(to) - 1) < 0) {
		return w;
	} else if (!strcmp(to, "anon_inode:[eventfd]")) {
		w.ino = eventfd_id(tid, fd);
		w.kind = w.ino == UINT64_MAX ? WAITED_NONE : WAITED_EVENT;
	} else if (!strcmp(to, "anon_inode:[timerfd]")) {
		w.kind = WAITED_TIMER;
	}
	return w;
}

struct waited waited_word(pid_t pid, pid_t tid, uint64_t addr, bool private)
{
	struct waited w = {
		.kind = WAITED_WORD, .pid = pid, .ino = addr, .fd = -1
	};
	static struct map m;

	/* As the kernel knows it (kernel/futex/core.c, get_futex_key). */
	if (private || maps_find(tid, addr, &m) != 1 || !m.inode ||
		m.perms[3] != 's')
		return w;
	w.pid = 0;
	w.dev = m.dev;
	w.of = m.inode;
	w.ino = addr - m.start + m.offset;
	return w;
}

/* A list that is being filled. */
struct to {
	const struct thread_state *s;
	struct waited *list;
	int n;
	bool timed; /* one of them is a timerfd */
};

static void add(struct to *to, int fd)
{
	if (to->n == WAITED_MAX)
		return;
	to->list[to->n] = waited_fd(to->s->pid, to->s->tid, fd);
	to->timed = to->timed || to->list[to->n].kind == WAITED_TIMER;
	to->n += to->list[to->n].kind != WAITED_NONE;
}

static void add_polled(struct to *to)
{
	struct pollfd polled[WAITED_MAX];
	uint64_t n = to->s->args[1] < WAITED_MAX ? to->s->args[1] : WAITED_MAX;

	if (!mem_read_all(
		    to->s->tid, to->s->args[0], polled, n * sizeof(*polled)))
		return;
	for (uint64_t i = 0; i < n; i++)
		if (polled[i].events & POLLIN)
			add(to, polled[i].fd);
}

static void add_selected(struct to *to)
{
	unsigned char set[FDS_MAX / 8];
	int n = (int)to->s->args[0];

	n = n > FDS_MAX ? FDS_MAX : n;
	if (n <= 0 || !mem_read_all(to->s->tid, to->s->args[1], set,
			      ((size_t)n + 7) / 8))
		return;
	for (int fd = 0; fd < n; fd++)
		if (set[fd / 8] >> fd % 8 & 1)
			add(to, fd);
}

/* A line for each: "tfd:        4 events: ..." (proc_pid_fdinfo(5)). */
static void add_epolled(struct to *to)
{
	char text[65536];
	const char *p = text;

	proc_read(text, sizeof(text), "%d/fdinfo/%d", to->s->tid,
		(int)to->s->args[0]);
	while ((p = strstr(p, "\ntfd:"))) {
		p += 5;
		add(to, atoi(p));
	}
}

static bool is_one_of(const char *call, const char *const *list)
{
	while (*list && strcmp(*list, call) != 0)
		list++;
	return *list;
}

int waited_by(const struct thread_state *s, struct waited *list)
{
	static const char *const reads[] = { "read", "readv", "recvfrom",
		"recvmsg", "recvmmsg", NULL };
	static const char *const polls[] = { "poll", "ppoll", "ppoll_time64",
		NULL };
	static const char *const selects[] = { "select", "_newselect",
		"pselect6", "pselect6_time64", NULL };
	struct to to = { .s = s, .list = list };

	if (s->state != 'S' || s->timed)
		return 0;
	if (!strncmp(s->call, "futex", 5))
		list[to.n++] = waited_word(s->pid, s->tid, s->args[0],
			s->args[1] & FUTEX_PRIVATE_FLAG);
	else if (is_one_of(s->call, reads))
		add(&to, (int)s->args[0]);
	else if (is_one_of(s->call, polls))
		add_polled(&to);
	else if (is_one_of(s->call, selects))
		add_selected(&to);
	else if (!strncmp(s->call, "epoll_", 6))
		add_epolled(&to);
	return to.timed ? 0 : to.n;
}

bool waited_wakes(const struct waited *from, const struct waited *by)
{
	if (from->kind != by->kind)
		return false;
	if (from->kind == WAITED_SOCKET)
		return peer_ends(by->pid, (uint32_t)from->ino,
			       (uint32_t)by->ino) == PEER_YES;
	if (from->kind == WAITED_WORD && from->pid != by->pid)
		return false;
	if (from->kind != WAITED_EVENT && from->dev != by->dev)
		return false;
	return from->ino == by->ino && from->of == by->of;
}

const char *waited_name(enum waited_kind kind)
{
	switch (kind) {
	case WAITED_PIPE:
		return "a pipe";
	case WAITED_EVENT:
		return "an eventfd";
	case WAITED_SOCKET:
		return "a socket";
	case WAITED_WORD:
		return "a futex";
	case WAITED_TIMER:
	case WAITED_NONE:
		break;
	}
	return "something";
}
