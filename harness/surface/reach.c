/* SPDX-License-Identifier: MIT */
/*
 * reach.c: which functions of the kernel were seen at work, and for what.
 *
 * A tracer of functions tells that one was entered, and from where, never that
 * it returned. So each task has a stack here: a function's caller is looked for
 * on it, and what lies above has returned. A caller that is not there is one
 * that no tracer sees (lib/, assembly): what it calls is the call's, but may be
 * in no fault or signal that was under way before, and is counted for none.
 */
#include "surface/reach.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "surface/made.h"
#include "surface/marks.h"
#include "surface/sorts.h"

#define FRAMES	200
#define PENDING 256
#define CACHE	(1u << 16)
#define NO_CALL (-1)

struct task {
	int tid;
	int group; /* whose filters a thread's may be (TSYNC) */
	bool counts, in_call;
	int call;	  /* a row */
	struct made made; /* the last that began */
	int depth, npending;
	struct frame {
		int symbol;
		uint32_t marks;
	} frames[FRAMES];
	int pending[PENDING]; /* seen before the call's number was */
	struct task *next;
};

struct reach {
	const struct symbols *s;
	enum reach_from from;
	struct sorts sorts;
	struct {
		uint64_t address;
		int symbol;
	} cache[CACHE];
	struct known {
		uint32_t marks, root_marks;
		enum root root;
		bool known, relay;
	} * known; /* one a symbol */
	struct task *tasks[1024];
	struct reach_sums sums;
};

static int find_symbol(struct reach *r, uint64_t address)
{
	size_t i = (address ^ address >> 16) % CACHE;

	if (r->cache[i].address != address) {
		r->cache[i].address = address;
		r->cache[i].symbol = symbols_at(r->s, address);
	}
	return r->cache[i].symbol;
}

static const char *name_of(const struct reach *r, int symbol)
{
	return symbol < 0 ? "" : r->s->list[symbol].name;
}

static const struct known *know(struct reach *r, int symbol)
{
	struct known *k = &r->known[symbol];

	if (!k->known) {
		k->marks = marks_of(name_of(r, symbol), NULL);
		k->root = marks_root(name_of(r, symbol), &k->root_marks);
		k->relay = marks_relays(name_of(r, symbol), NULL);
		k->known = true;
	}
	return k;
}

static uint32_t marks_here(struct reach *r, int symbol, int caller)
{
	uint32_t marks = know(r, symbol)->marks;

	return marks & MARK(MARK_BY_CALLER)
		       ? marks_of(name_of(r, symbol), name_of(r, caller))
		       : marks;
}

static bool is_call(enum root root)
{
	return root == ROOT_CALL || root == ROOT_CALL32;
}

static struct task *find_task(struct reach *r, int tid)
{
	struct task **bucket = &r->tasks[(unsigned)tid % 1024], *t;

	for (t = *bucket; t; t = t->next)
		if (t->tid == tid)
			return t;
	t = calloc(1, sizeof(*t));
	if (!t) {
		r->sorts.failed = true;
		return NULL;
	}
	t->tid = tid;
	t->group = tid;
	t->call = NO_CALL;
	t->next = *bucket;
	*bucket = t;
	return t;
}

static void flush(struct reach *r, struct task *t, int row)
{
	for (int i = 0; i < t->npending; i++)
		sorts_count(&r->sorts, row, t->pending[i]);
	t->npending = 0;
}

/* It came in by a call that never got a number: the filter kept it. */
static void end_refused(struct reach *r, struct task *t)
{
	int i;

	if (!t->npending)
		return;
	i = sorts_other(&r->sorts, SORTS_REFUSED);
	if (i >= 0)
		r->sorts.list[i].n++;
	flush(r, t, i);
}

static void push(struct task *t, int symbol, uint32_t marks)
{
	if (t->depth < FRAMES)
		t->frames[t->depth++] = (struct frame){ symbol, marks };
}

/* The marks of CALLER, which no tracer sees, with what has returned before it
 * popped: of whom it must have been called by; else of nobody but what is no
 * row's. */
static uint32_t relay(struct reach *r, struct task *t, int caller)
{
	for (int i = t->depth - 1; know(r, caller)->relay && i >= 0; i--)
		if (marks_relays(name_of(r, caller),
			    name_of(r, t->frames[i].symbol))) {
			t->depth = i + 1;
			return t->frames[i].marks;
		}
	return t->frames[t->depth - 1].marks & ~(MARK(MARKS_TOLD) - 1);
}

/* CALLER is none that a tracer sees. Returns its marks. */
static uint32_t enter_from(struct reach *r, struct task *t, int caller)
{
	const struct known *k = know(r, caller);
	uint32_t marks = k->root_marks;

	if (is_call(k->root)) {
		end_refused(r, t);
		t->made.is_32 = k->root == ROOT_CALL32;
	}
	if (is_call(k->root) || k->root == ROOT_RETURN ||
		k->root == ROOT_START ||
		(k->root == ROOT_EXCEPTION && t->call == NO_CALL &&
			!t->npending))
		t->depth = 0;
	if (k->root == ROOT_NONE && t->depth)
		marks = relay(r, t, caller);
	push(t, caller, marks);
	return marks;
}

/* Pops what has returned when CALLER calls. Returns the marks of CALLER. */
static uint32_t return_to(struct reach *r, struct task *t, int caller)
{
	for (int i = t->depth - 1; i >= 0; i--)
		if (t->frames[i].symbol == caller) {
			t->depth = i + 1;
			return t->frames[i].marks;
		}
	return enter_from(r, t, caller);
}

static bool is_nobodys(struct reach *r, uint32_t marks)
{
	if (marks & MARK(MARK_INTERRUPT))
		r->sums.interrupts++;
	else if (marks & MARK(MARK_TRACER))
		r->sums.tracer++;
	else if (marks & MARK(MARK_WATCHED))
		r->sums.watched++;
	else
		return false;
	return true;
}

static void count_marks(struct reach *r, int symbol, uint32_t marks)
{
	for (unsigned m = 0; m < MARKS_TOLD; m++)
		if (marks & MARK(m))
			sorts_count(
				&r->sorts, sorts_mark(&r->sorts, m), symbol);
}

/* Has the task entered by a call whose number no event has told yet? */
static bool is_before_call(struct reach *r, const struct task *t)
{
	return t->depth && t->call == NO_CALL &&
	       is_call(know(r, t->frames[0].symbol)->root);
}

static void count_function(
	struct reach *r, struct task *t, int symbol, int caller)
{
	uint32_t marks =
		return_to(r, t, caller) | marks_here(r, symbol, caller);

	push(t, symbol, marks);
	if (is_nobodys(r, marks))
		return;
	r->sums.counted++;
	if (marks & MARK(MARK_END) && t->call == NO_CALL)
		end_refused(r, t);
	count_marks(r, symbol, marks);
	if (t->call != NO_CALL)
		sorts_count(&r->sorts, t->call, symbol);
	else if (!is_before_call(r, t)) {
		if (!marks)
			sorts_count(&r->sorts,
				sorts_other(&r->sorts, SORTS_UNKNOWN), symbol);
	} else if (t->npending < PENDING)
		t->pending[t->npending++] = symbol;
}

static void take_function(
	struct reach *r, struct task *t, const struct ring_event *e)
{
	/* Behind the last call of one that does not return may lie another. */
	int symbol = find_symbol(r, e->a), caller = find_symbol(r, e->b - 1);

	if (symbol < 0 || caller < 0)
		return;
	if (!t->counts) {
		if (is_call(know(r, caller)->root))
			t->made.is_32 = know(r, caller)->root == ROOT_CALL32;
	} else if (e->interrupt)
		r->sums.interrupts++;
	else
		count_function(r, t, symbol, caller);
}

static void begin_call(struct reach *r, struct task *t)
{
	t->call = sorts_call(
		&r->sorts, t->made.nr, t->made.is_32, t->made.args[1]);
	if (t->call >= 0)
		r->sorts.list[t->call].n++;
	flush(r, t, t->call);
}

static void take_enter(
	struct reach *r, struct task *t, const struct ring_event *e)
{
	t->made.nr = e->a;
	memcpy(t->made.args, e->args, sizeof(t->made.args));
	t->in_call = true;
	if (t->counts)
		begin_call(r, t);
}

static void begin_task(struct reach *r, struct task *t)
{
	if (t->counts)
		return;
	t->counts = true;
	t->depth = 0;
	r->sums.tasks++;
	if (t->in_call)
		begin_call(r, t);
}

/* A filter that was loaded for all threads. */
static void begin_group(struct reach *r, int group)
{
	for (size_t i = 0; i < 1024; i++)
		for (struct task *t = r->tasks[i]; t; t = t->next)
			if (t->group == group)
				begin_task(r, t);
}

static void take_exit(
	struct reach *r, struct task *t, const struct ring_event *e)
{
	bool done = e->b == 0 && e->a == t->made.nr;

	end_refused(r, t);
	t->call = NO_CALL;
	t->depth = 0;
	t->in_call = false;
	if (done && made_is_exec(&t->made))
		t->group = t->tid;
	if (!done ||
		!(r->from == REACH_FROM_EXEC ? made_is_exec(&t->made)
					     : made_loads_filter(&t->made)))
		return;
	begin_task(r, t);
	if (made_is_for_all(&t->made))
		begin_group(r, t->group);
}

static void take_fork(struct reach *r, const struct task *parent, int tid)
{
	struct task *t = find_task(r, tid);

	if (!t)
		return;
	t->counts = parent->counts;
	t->made.is_32 = parent->made.is_32;
	t->group = made_is_thread(&parent->made) ? parent->group : tid;
	t->in_call = false;
	t->call = NO_CALL;
	t->depth = 0;
	t->npending = 0;
	r->sums.tasks += t->counts;
}

int reach_take(struct reach *r, const struct ring_event *e)
{
	struct task *t = find_task(r, e->tid);

	if (!t)
		return -ENOMEM;
	switch (e->kind) {
	case RING_FUNCTION:
		take_function(r, t, e);
		break;
	case RING_ENTER:
		take_enter(r, t, e);
		break;
	case RING_EXIT:
		take_exit(r, t, e);
		break;
	case RING_FORK:
		take_fork(r, t, (int)e->a);
		break;
	case RING_KINDS:
		break;
	}
	return r->sorts.failed ? -ENOMEM : 0;
}

struct reach *reach_new(
	const struct symbols *s, enum reach_from from, reach_name_op *name_op)
{
	struct reach *r = calloc(1, sizeof(*r));

	if (!r)
		return NULL;
	r->s = s;
	r->from = from;
	r->sorts.nsymbols = s->n;
	r->sorts.name_op = name_op;
	r->known = calloc(s->n, sizeof(*r->known));
	if (!r->known) {
		free(r);
		return NULL;
	}
	return r;
}

void reach_free(struct reach *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < 1024; i++)
		for (struct task *t = r->tasks[i], *next; t; t = next) {
			next = t->next;
			free(t);
		}
	sorts_free(&r->sorts);
	free(r->known);
	free(r);
}

const struct sorts *reach_sorts(const struct reach *r)
{
	return &r->sorts;
}

struct reach_sums reach_sums(const struct reach *r)
{
	return r->sums;
}
