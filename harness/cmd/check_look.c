/* SPDX-License-Identifier: MIT */
/* check_look.c: looks at the filters of threads, one after the other. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/check.h"
#include "sys/arch.h"
#include "sys/clock.h"
#include "sys/lives.h"
#include "sys/proc.h"
#include "sys/taken.h"

#define MOST	 64   /* filters on one thread */
#define CHILDREN 4096 /* processes of a tree */
#define KNOWN	 64   /* stacks that are kept */

/* What was found of filters that many threads have. */
struct known {
	bool is_32;
	int n;
	struct filter *stack;
	enum check_found found;
	const char *why;
	struct unequal bad;
};

static struct filter stack[MOST];

static bool is_known(const struct known *k, bool is_32, int n)
{
	if (k->is_32 != is_32 || k->n != n)
		return false;
	for (int i = 0; i < n; i++)
		if (k->stack[i].ninsns != stack[i].ninsns ||
			memcmp(k->stack[i].insns, stack[i].insns,
				stack[i].ninsns * sizeof(*stack[i].insns)) != 0)
			return false;
	return true;
}

/* One of them is the one asked for, and the others may refuse more; or all
 * together do what it does, as systemd loads several. */
static void compare(struct check *c, struct known *k)
{
	const struct filter *asked = &c->asked[k->is_32];
	enum equal all = EQUAL_NO, one;
	bool uncompared = false;

	for (int i = 0; i < k->n; i++) {
		one = equal_filters(&stack[i], 1, asked, &k->bad);
		if (one == EQUAL_YES) {
			k->found = CHECK_IN_FORCE;
			return;
		}
		uncompared = uncompared || one == EQUAL_UNKNOWN;
	}
	all = k->n == 1 ? one
			: equal_filters(stack, (unsigned)k->n, asked, &k->bad);
	k->found = all == EQUAL_YES		   ? CHECK_IN_FORCE
		   : uncompared || all != EQUAL_NO ? CHECK_UNREAD
						   : CHECK_OTHER;
	k->why = "a filter that computes in a way that is not followed, or too "
		 "large: whether it is the one cannot be decided";
}

static void keep(struct check *c, const struct known *k)
{
	const size_t size = (size_t)k->n * sizeof(*stack);
	struct known *more;

	if (c->ncompared == KNOWN)
		return;
	more = realloc(c->known, (c->ncompared + 1) * sizeof(*more));
	if (!more)
		return;
	c->known = more;
	more += c->ncompared;
	*more = *k;
	more->stack = malloc(size);
	if (!more->stack)
		return;
	memcpy(more->stack, stack, size);
	c->ncompared++;
}

/* Of the N filters in the stack. */
static void judge(struct check *c, struct check_thread *t, bool is_32, int n)
{
	struct known k = { .is_32 = is_32, .n = n };
	size_t i = 0;

	while (i < c->ncompared && !is_known(&c->known[i], is_32, n))
		i++;
	if (i < c->ncompared) {
		k = c->known[i];
	} else {
		compare(c, &k);
		keep(c, &k);
	}
	t->found = k.found;
	t->why = k.why;
	t->bad = k.bad;
}

/* N: how many filters are in the stack, or a negative errno. */
static void find(struct check *c, struct check_thread *t, int n)
{
	const bool is_32 = proc_is_32(t->tid);

	t->filters = n < 0 ? 0 : n;
	t->found = CHECK_UNREAD;
	if (n == 0)
		t->found = CHECK_NONE;
	else if (n < 0)
		t->why = taken_why(-n);
	else if (n > MOST)
		t->why = "more filters are on it than are looked at";
	else if (!c->built[is_32])
		t->why = c->unbuilt;
	else
		judge(c, t, is_32, n);
}

static struct check_thread *add(struct check *c, pid_t pid, pid_t tid)
{
	struct check_thread *t;

	if (c->n == c->size) {
		const size_t size = c->size ? 2 * c->size : 64;
		void *more = realloc(c->threads, size * sizeof(*t));

		if (!more) {
			c->lost = "out of memory";
			return NULL;
		}
		c->threads = more;
		c->size = size;
	}
	t = &c->threads[c->n++];
	*t = (struct check_thread){ .pid = pid, .tid = tid };
	t->start = proc_start_us(tid);
	proc_comm(tid, t->name, sizeof(t->name));
	return t;
}

/* Whether the process of that thread is asked about. */
static bool is_meant(struct check *c, pid_t pid)
{
	char name[64];

	if (!c->only)
		return true;
	proc_comm(pid, name, sizeof(name));
	if (!strcmp(name, c->only))
		return true;
	c->others++;
	return false;
}

static bool is_dead(pid_t pid, pid_t tid)
{
	const char state = proc_state(pid, tid);

	return !state || state == 'Z' || state == 'X';
}

static bool is_seen(const struct check *c, pid_t tid)
{
	const uint64_t start = proc_start_us(tid);

	for (size_t i = 0; i < c->n; i++)
		if (c->threads[i].tid == tid && c->threads[i].start == start)
			return true;
	return false;
}

/* Without a filter it need not be stopped, and everybody may know. */
static int take(pid_t tid, bool stopped)
{
	if (proc_status(tid, "Seccomp") == 0)
		return 0;
	return stopped ? taken_of_stopped(tid, stack, MOST)
		       : taken_filters(tid, stack, MOST);
}

static bool look(struct check *c, pid_t pid, pid_t tid)
{
	struct check_thread *t;

	if (is_dead(pid, tid) || is_seen(c, tid))
		return false;
	t = add(c, pid, tid);
	if (!t)
		return false;
	find(c, t, take(tid, false));
	/* It ended meanwhile. */
	if (is_dead(pid, tid))
		c->n--;
	return true;
}

/* True: one was new. */
static bool look_at_process(struct check *c, pid_t pid)
{
	DIR *threads = is_meant(c, pid) ? proc_open_threads(pid) : NULL;
	bool any = false;
	pid_t tid;

	while (threads && (tid = proc_next_thread(threads)))
		any = look(c, pid, tid) || any;
	if (threads)
		closedir(threads);
	return any;
}

int check_tree(struct check *c, pid_t pid, unsigned seconds)
{
	const uint64_t until = clock_us() + (uint64_t)seconds * 1000000;
	static pid_t pids[CHILDREN];
	bool any = true;
	int n;

	if (proc_ended(pid))
		return -ESRCH;
	if (!proc_lists_children())
		c->lost = "this kernel does not tell who the children of a "
			  "process are";
	while (any) {
		c->others = 0;
		any = look_at_process(c, pid);
		n = proc_children(pid, pids, CHILDREN);
		for (int i = 0; i < n; i++)
			any = look_at_process(c, pids[i]) || any;
		if (n == CHILDREN)
			c->lost = "there are more processes than are looked at";
		if (any && clock_us() > until) {
			c->lost = "threads came all the time";
			break;
		}
	}
	return 0;
}

static void told(void *context, pid_t tid, enum life life)
{
	const long tgid = proc_status(tid, "Tgid");
	const pid_t pid = tgid > 0 ? (pid_t)tgid : tid;
	struct check *c = context;
	struct check_thread *t;

	if (!is_meant(c, pid))
		return;
	t = add(c, pid, tid);
	if (!t)
		return;
	t->ended = life != LIFE_LASTS;
	if (life != LIFE_LOST) {
		find(c, t, take(tid, true));
		return;
	}
	t->found = CHECK_UNREAD;
	t->why = "it could not be stopped to be looked at";
}

int check_command(struct check *c, char **argv, unsigned seconds)
{
	return lives_watch(argv, seconds, told, c);
}

void check_free(struct check *c)
{
	for (size_t i = 0; i < c->ncompared; i++)
		free(c->known[i].stack);
	free(c->known);
	free(c->threads);
}
