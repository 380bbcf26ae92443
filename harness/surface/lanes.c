/* SPDX-License-Identifier: MIT */
/*
 * lanes.c: the buffers of several processors, in the order of time: a task may
 * go from one to another. The clock counts events, of all processors.
 */
#include "surface/lanes.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define PAGE_ROOM (1 << 16)
#define PAGES	  2000 /* of one at a time */

int lanes_add(struct lanes *m, int fd)
{
	void *more = reallocarray(m->cpus, (size_t)m->n + 1, sizeof(*m->cpus));

	if (!more) {
		close(fd);
		return -ENOMEM;
	}
	m->cpus = more;
	m->cpus[m->n++] = (struct lane){ .fd = fd };
	return 0;
}

static int keep(void *context, const struct ring_event *e)
{
	struct lane *c = context;

	if (c->n == c->room) {
		void *more = reallocarray(
			c->list, 2 * c->room + 1024, sizeof(*c->list));

		if (!more)
			return -ENOMEM;
		c->list = more;
		c->room = 2 * c->room + 1024;
	}
	c->list[c->n++] = *e;
	c->last = e->when;
	return 0;
}

/* 1: something came. */
static int read_cpu(struct lanes *m, struct lane *c)
{
	static unsigned char page[PAGE_ROOM];
	int err = 0, any = 0;
	ssize_t n;

	c->emptied = false;
	for (int i = 0; i < PAGES && !err; i++) {
		n = read(c->fd, page, sizeof(page));
		if (n <= 0) {
			c->emptied = !n || errno == EAGAIN;
			return c->emptied || errno == EINTR ? any : -errno;
		}
		any = 1;
		for (ssize_t at = 0; at < n && !err; at += 4096)
			err = ring_page(&m->format, page + at,
				n - at > 4096 ? 4096 : (size_t)(n - at),
				&m->lost, keep, c);
	}
	return err ? err : any;
}

/* Up to which time no earlier event can come: what was there when all had been
 * read before came on all of them by now. */
static uint64_t settled(const struct lanes *m)
{
	uint64_t until = UINT64_MAX;

	for (int i = 0; i < m->n; i++) {
		const struct lane *c = &m->cpus[i];
		uint64_t mine = c->emptied ? m->before : c->last;

		until = mine < until ? mine : until;
	}
	return until;
}

static struct lane *earliest(const struct lanes *m)
{
	struct lane *first = NULL;

	for (int i = 0; i < m->n; i++) {
		struct lane *c = &m->cpus[i];

		if (c->at < c->n &&
			(!first || c->list[c->at].when <
					   first->list[first->at].when))
			first = c;
	}
	return first;
}

static int give_on(struct lanes *m, uint64_t until)
{
	struct lane *c;
	int err = 0;

	while (!err && (c = earliest(m)) && c->list[c->at].when <= until) {
		err = reach_take(m->r, &c->list[c->at++]);
		m->events++;
	}
	for (int i = 0; i < m->n; i++) {
		c = &m->cpus[i];
		if (c->at < c->n && c->at < c->room / 2)
			continue;
		for (size_t k = c->at; k < c->n; k++)
			c->list[k - c->at] = c->list[k];
		c->n -= c->at;
		c->at = 0;
	}
	return err;
}

int lanes_read(struct lanes *m, bool end)
{
	int any = 0, ret = 0;

	do {
		for (int i = 0; i < m->n && ret >= 0; i++) {
			ret = read_cpu(m, &m->cpus[i]);
			any |= ret > 0;
		}
		if (ret < 0)
			return ret;
		ret = give_on(m, settled(m));
		for (int i = 0; i < m->n; i++)
			if (m->cpus[i].last > m->before)
				m->before = m->cpus[i].last;
		for (int i = 0; i < m->n; i++)
			ret = ret || m->cpus[i].emptied ? ret : 1;
	} while (end && ret > 0);
	if (ret < 0)
		return ret;
	ret = end ? give_on(m, UINT64_MAX) : 0;
	return ret ? ret : any ? 0 : -EAGAIN;
}

void lanes_close(struct lanes *m)
{
	for (int i = 0; i < m->n; i++) {
		close(m->cpus[i].fd);
		free(m->cpus[i].list);
	}
	free(m->cpus);
}
