/* SPDX-License-Identifier: MIT */
/* ring.c: the pages of the kernel's ring buffer. Pure. */
#include "surface/ring.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* include/linux/ring_buffer.h, kernel/trace/ring_buffer.c */
#define HEAD	     16
#define LENGTH_MASK  ((1u << 27) - 1)
#define MISSED	     (1u << 31)
#define DELTA_BITS   27
#define PADDING	     29
#define EXTEND	     30
#define STAMP	     31

/* include/linux/trace_events.h, TRACE_FLAG_ */
#define FLAG_HARDIRQ 0x08
#define FLAG_SOFTIRQ 0x10
#define FLAG_NMI     0x40

static const struct {
	const char *a, *b, *args;
} fields[RING_KINDS] = {
	[RING_FUNCTION] = { "ip", "parent_ip", NULL },
	[RING_ENTER] = { "id", NULL, "args[6]" },
	[RING_EXIT] = { "id", "ret", NULL },
	[RING_FORK] = { "child_pid", NULL, NULL },
};

/* The line of a field: "field:TYPE NAME;\toffset:N;\tsize:N;". */
static int find_field(const char *text, const char *name, int *size)
{
	char end[64];
	const char *p;
	int at;

	if (!name)
		return -1;
	snprintf(end, sizeof(end), " %s;", name);
	p = strstr(text, end);
	if (!p ||
		sscanf(p + strlen(end), " offset:%d; size:%d", &at, size) != 2)
		return -1;
	return at;
}

int ring_take_format(
	struct ring_format *f, enum ring_kind kind, const char *text)
{
	const char *id = strstr(text, "\nID: ");
	int none, size = 0, at;

	if (!id || sscanf(id, "\nID: %d", &f->of[kind].id) != 1)
		return -EBADMSG;
	at = find_field(text, fields[kind].a, &size);
	if (at < 0 || (size != 4 && size != 8))
		return -EBADMSG;
	f->of[kind].a = at;
	f->of[kind].a_size = size;
	f->of[kind].b = find_field(text, fields[kind].b, &none);
	f->of[kind].args = find_field(text, fields[kind].args, &none);
	if ((fields[kind].b && f->of[kind].b < 0) ||
		(fields[kind].args && f->of[kind].args < 0))
		return -EBADMSG;
	return 0;
}

static uint32_t word(const unsigned char *p)
{
	uint32_t w;

	memcpy(&w, p, sizeof(w));
	return w;
}

static uint64_t number(const unsigned char *p, int size)
{
	uint64_t w = 0;

	memcpy(&w, p, (size_t)size);
	return w;
}

/* 1: E is filled; 0: it is of a kind that nobody asked for. */
static int decode(const struct ring_format *f, const unsigned char *data,
	size_t size, struct ring_event *e)
{
	int id, kind;

	if (size < 8)
		return -EBADMSG;
	id = data[0] | data[1] << 8;
	for (kind = 0; kind < RING_KINDS; kind++)
		if (f->of[kind].id == id)
			break;
	if (kind == RING_KINDS)
		return 0;
	if ((size_t)f->of[kind].a + (size_t)f->of[kind].a_size > size ||
		(f->of[kind].b >= 0 && (size_t)f->of[kind].b + 8 > size) ||
		(f->of[kind].args >= 0 && (size_t)f->of[kind].args + 16 > size))
		return -EBADMSG;
	e->kind = (enum ring_kind)kind;
	e->interrupt = data[2] & (FLAG_HARDIRQ | FLAG_SOFTIRQ | FLAG_NMI);
	e->tid = (int)word(data + 4);
	e->a = number(data + f->of[kind].a, f->of[kind].a_size);
	if (f->of[kind].b >= 0)
		e->b = number(data + f->of[kind].b, 8);
	if (f->of[kind].args >= 0)
		memcpy(e->args, data + f->of[kind].args, sizeof(e->args));
	return 1;
}

/* One entry at P, of which SIZE bytes are left. Returns how many it takes, 0
 * at the end, or -EBADMSG. *DATA and *DATA_SIZE: an event's. */
static int step(const unsigned char *p, size_t size, uint64_t *when,
	const unsigned char **data, size_t *data_size)
{
	uint32_t head = word(p), type = head & 31, delta = head >> 5;
	uint32_t next = size >= 8 ? word(p + 4) : 0;
	uint32_t length = type ? type * 4 : next;

	*data = NULL;
	if (type == PADDING) {
		if (!delta)
			return 0;
		*when += delta;
		return next + 4 > size || next < 4 ? -EBADMSG : (int)next + 4;
	}
	if (type == EXTEND || type == STAMP) {
		if (size < 8)
			return -EBADMSG;
		if (type == STAMP)
			*when = 0;
		*when += ((uint64_t)next << DELTA_BITS) + delta;
		return 8;
	}
	*when += delta;
	if (length < 4 || length > size - 4)
		return -EBADMSG;
	*data = p + (type ? 4 : 8);
	*data_size = type ? length : length - 4;
	return (int)length + 4;
}

int ring_page(const struct ring_format *f, const unsigned char *page,
	size_t size, bool *lost,
	int (*take)(void *context, const struct ring_event *e), void *context)
{
	const unsigned char *data;
	size_t at = HEAD, end, data_size;
	struct ring_event e = { 0 };
	uint32_t commit;
	int n, ret = 0;

	if (size < HEAD)
		return -EBADMSG;
	e.when = number(page, 8);
	commit = word(page + 8);
	if (commit & MISSED)
		*lost = true;
	end = HEAD + (commit & LENGTH_MASK);
	if (end > size)
		return -EBADMSG;
	while (!ret && at + 4 <= end) {
		n = step(page + at, end - at, &e.when, &data, &data_size);
		if (n <= 0)
			return n;
		at += (size_t)n;
		ret = data ? decode(f, data, data_size, &e) : 0;
		if (ret > 0)
			ret = take(context, &e);
	}
	return ret;
}
