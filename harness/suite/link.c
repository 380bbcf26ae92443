/* SPDX-License-Identifier: MIT */
/* link.c: messages on a stream of bytes: a pipe, or a serial line. */
#include "suite/link.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MESSAGE_MAX (16 << 20) /* more is noise on the line */
#define TOLD_EACH   1024       /* bytes */
#define ROOM_MS	    20000      /* on a line that does not block */

void link_open_host(struct link *l, int in, int out)
{
	*l = (struct link){ .in = in, .out = out, .waits = true };
}

void link_open_guest(struct link *l, int in, int out)
{
	*l = (struct link){ .in = in, .out = out, .tells = true };
}

void link_close(struct link *l)
{
	free(l->buf);
	free(l->queue);
	l->buf = l->queue = NULL;
}

static int write_all(int fd, const char *p, size_t left)
{
	while (left) {
		struct pollfd room = { .fd = fd, .events = POLLOUT };
		ssize_t n = write(fd, p, left);

		if (n < 0 && errno == EAGAIN && poll(&room, 1, ROOM_MS) == 0)
			return -ETIMEDOUT;
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return -errno;
		p += n > 0 ? n : 0;
		left -= n > 0 ? (size_t)n : 0;
	}
	return 0;
}

/* What the guest has room for. */
static int flush(struct link *l)
{
	size_t room = LINK_WINDOW - (l->sent - l->taken_in);
	size_t n = l->queued < room ? l->queued : room;
	int ret = write_all(l->out, l->queue, n);

	if (ret || !n)
		return ret;
	memmove(l->queue, l->queue + n, l->queued - n);
	l->queued -= n;
	l->sent += (uint32_t)n;
	return 0;
}

static int enqueue(struct link *l, const char *bytes, size_t size)
{
	char *more = realloc(l->queue, l->queued + size);

	if (!more)
		return -ENOMEM;
	l->queue = more;
	memcpy(more + l->queued, bytes, size);
	l->queued += size;
	return flush(l);
}

int link_was_read(struct link *l, uint32_t bytes)
{
	if (bytes - l->taken_in > l->sent - l->taken_in)
		return -EBADMSG;
	l->taken_in = bytes;
	return flush(l);
}

int link_send(struct link *l, enum link_kind kind, uint32_t a, uint32_t b,
	const void *data, size_t size)
{
	struct link_head head = { kind, a, b, (uint32_t)size };
	char *whole = malloc(sizeof(head) + size);
	int ret;

	if (!whole)
		return -ENOMEM;
	memcpy(whole, &head, sizeof(head));
	if (size)
		memcpy(whole + sizeof(head), data, size);
	size += sizeof(head);
	ret = l->waits ? enqueue(l, whole, size)
		       : write_all(l->out, whole, size);
	free(whole);
	return ret;
}

static int make_room(struct link *l)
{
	char *more;

	if (l->used)
		memmove(l->buf, l->buf + l->taken, l->used - l->taken);
	l->used -= l->taken;
	l->taken = 0;
	if (l->size - l->used > 65536)
		return 0;
	more = realloc(l->buf, l->size + 131072);
	if (!more)
		return -ENOMEM;
	l->buf = more;
	l->size += 131072;
	return 0;
}

int link_fill(struct link *l)
{
	ssize_t n;

	if (make_room(l))
		return -ENOMEM;
	do
		n = read(l->in, l->buf + l->used, l->size - l->used);
	while (n < 0 && errno == EINTR);
	if (n <= 0)
		return n ? -errno : -EPIPE;
	l->used += (size_t)n;
	l->read += (uint32_t)n;
	if (!l->tells || l->read - l->told < TOLD_EACH)
		return 0;
	l->told = l->read;
	return link_send(l, LINK_READ, l->read, 0, NULL, 0);
}

int link_next(struct link *l, struct link_head *head, const char **data)
{
	size_t there = l->used - l->taken;

	if (there < sizeof(*head))
		return 0;
	memcpy(head, l->buf + l->taken, sizeof(*head));
	if (head->kind < LINK_JOB || head->kind > LINK_LEFT ||
		head->size > MESSAGE_MAX)
		return -EBADMSG;
	if (there - sizeof(*head) < head->size)
		return 0;
	*data = l->buf + l->taken + sizeof(*head);
	l->taken += sizeof(*head) + head->size;
	return 1;
}
