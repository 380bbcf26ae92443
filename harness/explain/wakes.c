/* SPDX-License-Identifier: MIT */
/*
 * wakes.c: who waits for what was refused. A call that wakes others by what it
 * is given (a descriptor, a futex) and that the filter answers is kept, with
 * what the other would have to wait for: later its descriptor may be closed.
 */
#include "explain/wakes.h"

#include <linux/futex.h>
#include <string.h>

#include "explain/filter.h"
#include "explain/who.h"
#include "sys/calls.h"
#include "sys/text.h"

/* The futex operations that wake (futex(2)). */
static bool op_wakes(uint64_t op)
{
	switch ((int)op & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME)) {
	case FUTEX_WAKE:
	case FUTEX_WAKE_BITSET:
	case FUTEX_WAKE_OP:
	case FUTEX_REQUEUE:
	case FUTEX_CMP_REQUEUE:
	case FUTEX_UNLOCK_PI:
		return true;
	}
	return false;
}

static struct waited woken_by(
	const struct pass_task *task, const struct explain_refusal *r)
{
	static const char *const writes[] = { "write", "writev", "sendto",
		"sendmsg", "sendmmsg", "sendfile", "sendfile64", "shutdown",
		"close", "vmsplice" };
	pid_t pid = task->process->pid;
	char call[32];

	calls_name(r->arch, r->nr, call, sizeof(call));
	for (size_t i = 0; i < sizeof(writes) / sizeof(*writes); i++)
		if (!strcmp(call, writes[i]))
			return waited_fd(pid, r->tid, (int)r->args[0]);
	if ((!strcmp(call, "futex") || !strcmp(call, "futex_time64")) &&
		op_wakes(r->args[1]))
		return waited_word(pid, r->tid, r->args[0],
			r->args[1] & FUTEX_PRIVATE_FLAG);
	return (struct waited){ .kind = WAITED_NONE };
}

static bool is_same(const struct waited *a, const struct waited *b)
{
	return a->kind == b->kind && a->pid == b->pid && a->dev == b->dev &&
	       a->ino == b->ino && a->of == b->of;
}

void wakes_note(struct pass *pass, const struct pass_task *task,
	const struct explain_refusal *r, const struct explain_place *place)
{
	const struct waited what = woken_by(task, r);
	int n = pass->nwakes < PASS_WAKES ? pass->nwakes : PASS_WAKES, i = 0;

	if (!place || what.kind == WAITED_NONE)
		return;
	while (i < n && !is_same(&pass->wakes[i].what, &what))
		i++;
	/* The latest of many is kept in place of the oldest. */
	if (i == n)
		i = pass->nwakes++ % PASS_WAKES;
	pass->wakes[i] = (struct pass_wake){ .what = what,
		.place = place,
		.process = task->process->no,
		.thread = task->no };
}

static const struct pass_wake *find(
	const struct pass *pass, const struct thread_state *s, int *fd)
{
	int n = pass->nwakes < PASS_WAKES ? pass->nwakes : PASS_WAKES;
	struct waited list[WAITED_MAX];
	int waits = waited_by(s, list);

	for (int k = 0; k < waits; k++)
		for (int i = 0; i < n; i++)
			if (waited_wakes(&pass->wakes[i].what, &list[k])) {
				*fd = list[k].fd;
				return &pass->wakes[i];
			}
	return NULL;
}

const struct pass_wake *wakes_missed(
	const struct pass *pass, const struct hang *hang, int *who, int *fd)
{
	const struct pass_wake *wake = NULL;

	for (*who = 0; pass->nwakes && *who < hang->nthreads; ++*who) {
		wake = find(pass, &hang->threads[*who], fd);
		if (wake)
			break;
	}
	return wake;
}

void wakes_say(const struct pass *pass, struct explain_hang *h)
{
	struct text t = text_in(h->cause, sizeof(h->cause));
	const struct explain_look l = { .h = h };
	const struct pass_wake *wake;
	char deals[64];
	int who, fd;

	wake = wakes_missed(pass, &h->hang, &who, &fd);
	if (!wake)
		return;
	h->refused = wake->place;
	explain_verdict(wake->place->verdict, deals, sizeof(deals));
	text_put(
		&t, "the filter %s to %s, by which ", deals, wake->place->call);
	who_number(&t, wake->process, wake->thread, wake->place->tid);
	text_put(&t, " was to wake ");
	who_thread(&t, &l, who);
	text_put(&t, ", which waits in %s for ", h->hang.threads[who].call);
	if (wake->what.kind == WAITED_SOCKET)
		text_put(&t, "the other end, ");
	else
		text_put(&t, "%s", waited_name(wake->what.kind));
	if (fd >= 0)
		text_put(&t, "%sdescriptor %d",
			wake->what.kind == WAITED_SOCKET ? "" : ", ", fd);
}
