/* SPDX-License-Identifier: MIT */
/* guest_work.c: runs the cells that come on a line. */
#include "suite/guest_work.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "suite/guest_programs.h"
#include "suite/kernel.h"
#include "suite/trace.h"
#include "suite/worker.h"
#include "sys/beside.h"
#include "sys/failure.h"

struct guest {
	struct link *line;
	struct suite suite;
	struct workplace place;
	const struct kernel *kernel;
	struct cell *cells; /* asked for, and not run */
	uint32_t *numbers;  /* which ones they are to the host */
	size_t ncells;
	bool ended;
};

static int take_job(struct guest *g, const char *data, size_t size)
{
	struct suite *s = &g->suite;
	struct link_job job;
	int ret;

	if (size != sizeof(job))
		return -EBADMSG;
	memcpy(&job, data, sizeof(job));
	g->kernel = kernel_find(job.kernel);
	ret = g->kernel ? suite_load_declared(s) : -EINVAL;
	if (ret)
		return -EINVAL;
	memcpy(s->flavours, job.flavours, sizeof(s->flavours));
	s->nflavours = job.nflavours;
	s->kernel = g->kernel;
	return link_send(g->line, LINK_WANT, 0, 0, NULL, 0);
}

static int take_built(
	struct guest *g, uint32_t no, const char *data, size_t size)
{
	struct suite *s = &g->suite;
	struct link_built head;
	struct built **more, *b = calloc(1, sizeof(*b));

	if (!b || size < sizeof(head) || no != s->nbuilts)
		goto bad;
	memcpy(&head, data, sizeof(head));
	if (head.ninsns > 4096 ||
		size != sizeof(head) + head.ninsns * sizeof(*b->bpf.insns))
		goto bad;
	more = realloc(s->builts, (s->nbuilts + 1) * sizeof(b));
	if (!more)
		goto bad;
	s->builts = more;
	s->builts[s->nbuilts++] = b;
	memcpy(b->profile, head.profile, sizeof(b->profile));
	b->file = head.file[0] ? strdup(head.file) : NULL;
	b->arch = head.arch;
	b->timers_impossible = head.timers_impossible;
	b->bpf.mode = (enum filter_mode)head.mode;
	b->bpf.flags = head.flags;
	b->bpf.ninsns = head.ninsns;
	memcpy(b->bpf.insns, data + sizeof(head), size - sizeof(head));
	return 0;
bad:
	free(b);
	return -EBADMSG;
}

static int take_cell(
	struct guest *g, uint32_t no, const char *data, size_t size)
{
	const struct suite *s = &g->suite;
	struct link_cell said;
	struct cell *c;

	if (size != sizeof(said))
		return -EBADMSG;
	memcpy(&said, data, sizeof(said));
	if (said.built >= s->nbuilts || said.flavour >= s->nflavours)
		return -EBADMSG;
	g->cells = reallocarray(g->cells, g->ncells + 1, sizeof(*g->cells));
	g->numbers =
		reallocarray(g->numbers, g->ncells + 1, sizeof(*g->numbers));
	if (!g->cells || !g->numbers)
		return -ENOMEM;
	c = &g->cells[g->ncells];
	*c = (struct cell){ .kernel = g->kernel,
		.built = s->builts[said.built],
		.flavour = &s->flavours[said.flavour],
		.d = suite_declaration(s, said.probe) };
	if (!c->d)
		return -EBADMSG;
	memcpy(c->name, said.name, sizeof(c->name));
	suite_locate(s, c);
	g->numbers[g->ncells++] = no;
	return 0;
}

static int run_one(struct guest *g, const struct cell *c, uint32_t no)
{
	enum verdict verdict;
	char *line;
	size_t size;
	int ret;

	ret = link_send(g->line, LINK_AT, no,
		worker_slowness(
			&g->suite, c->flavour, &g->place.box, g->place.stacks),
		NULL, 0);
	line = ret ? NULL : worker_line(&g->place, &g->suite, c, &verdict);
	if (!line)
		return ret ? ret : -EINTR;
	size = strlen(line);
	line[size] = '\n';
	ret = link_send(g->line, LINK_RECORD, no, verdict, line, size + 1);
	free(line);
	/* Booted again, the kernel is rid of it. */
	g->ended = g->ended || g->place.ev.unkillable;
	return ret;
}

static int run_all(struct guest *g)
{
	int ret = 0;

	for (size_t i = 0; i < g->ncells && !ret && !g->ended; i++)
		ret = run_one(g, &g->cells[i], g->numbers[i]);
	g->ncells = 0;
	return ret ? ret : link_send(g->line, LINK_WANT, 0, 0, NULL, 0);
}

static int take(struct guest *g, const struct link_head *head, const char *data)
{
	switch (head->kind) {
	case LINK_JOB:
		return take_job(g, data, head->size);
	case LINK_BUILT:
		return take_built(g, head->a, data, head->size);
	case LINK_CELL:
		return take_cell(g, head->a, data, head->size);
	case LINK_GO:
		return run_all(g);
	case LINK_ASK_HAS:
		return guest_has(g->line);
	case LINK_PROGRAM:
		return g->suite.nbuilts
			       ? guest_program(g->line,
					 &g->suite.builts[0]->bpf, head, data)
			       : -EBADMSG;
	case LINK_END:
		g->ended = true;
		return 0;
	}
	return -EBADMSG;
}

static int serve(struct guest *g)
{
	struct link_head head;
	const char *data;
	int ret = 0;

	while (!ret && !g->ended) {
		ret = link_next(g->line, &head, &data);
		if (ret > 0)
			ret = take(g, &head, data);
		else if (!ret)
			ret = link_fill(g->line);
	}
	return ret;
}

static struct guest guest;

/* While a cell is run nothing else is on its way. What cannot be told is for
 * ever nothing: the cell is ended at its last deadline. */
static uint64_t ask_cpu(void)
{
	struct link_head head = { 0 };
	const char *data;
	int ret = link_send(guest.line, LINK_ASK, 0, 0, NULL, 0);

	while (!ret && !(ret = link_next(guest.line, &head, &data)))
		ret = link_fill(guest.line);
	return ret == 1 && head.kind == LINK_CPU ? (uint64_t)head.a * 1000 : 0;
}

int guest_work(struct link *line, const char *base)
{
	struct guest *g = &guest;
	struct utsname u;
	int ret = worker_open(&g->place, base);

	g->line = line;
	spin_ask_cpu(ask_cpu);
	uname(&u);
	kernel_set_release(u.release);
	if (!ret)
		ret = link_send(
			line, LINK_HELLO, 0, 0, u.release, strlen(u.release));
	if (!ret)
		ret = serve(g);
	if (ret)
		failure_say("guest: %s", strerror(-ret));
	return ret ? 111 : 0;
}
