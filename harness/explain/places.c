/* SPDX-License-Identifier: MIT */
/* places.c: refusals, counted by the call stack they came from. */
#include "explain/places.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "sys/calls.h"
#include "explain/args.h"
#include "explain/needs.h"
#include "sys/mem.h"
#include "sys/proc.h"
#include "stack/fatal.h"

#define STACK 16384 /* bytes of it in which return addresses are looked for */

static unsigned char stack[STACK];
static size_t have;

static void read_stack(pid_t tid, uint64_t sp)
{
	ssize_t n = mem_read(tid, sp, stack, STACK);

	have = n > 0 ? (size_t)n : 0;
}

static bool word_at(size_t offset, size_t size, uint64_t *word)
{
	*word = 0;
	if (offset + size > have)
		return false;
	memcpy(word, stack + offset, size);
	return true;
}

static size_t word_size(const struct explain_place *p)
{
	return p->is_32 ? 4 : 8;
}

static bool is_same_stack(const struct explain_place *p)
{
	uint64_t word;

	for (int i = 0; i < p->nwords; i++)
		if (!word_at(p->words[i].offset, word_size(p), &word) ||
			word != p->words[i].value)
			return false;
	return true;
}

/* 0: not known, of who is not traced. */
static uint64_t tcb_of(const struct explain_refusal *r)
{
	struct regs regs;

	if (r->regs)
		return regs_thread_pointer(r->regs);
	return r->asleep || regs_get(r->tid, &regs)
		       ? 0
		       : regs_thread_pointer(&regs);
}

/* Lines of a script that the same code runs have the same stack. */
static bool is_same_script(
	const struct explain_place *p, const struct explain_refusal *r)
{
	return !p->python.runtime ||
	       p->script == python_key(&p->python, r->tid, tcb_of(r));
}

static bool is_place(
	const struct explain_place *p, const struct explain_refusal *r)
{
	return p->ip == r->ip && p->nr == r->nr && p->arch == r->arch &&
	       p->image == r->image && p->verdict == r->verdict &&
	       is_same_stack(p) && is_same_script(p, r);
}

static size_t bucket(const struct explain_refusal *r)
{
	uint64_t h = (r->ip ^ (uint64_t)r->nr << 48) * 0x9e3779b97f4a7c15u;

	return h >> 40 & (EXPLAIN_BUCKETS - 1);
}

static void keep_word(struct explain_place *p, size_t at, uint64_t value)
{
	if (p->nwords == (int)(sizeof(p->words) / sizeof(p->words[0])))
		return;
	p->words[p->nwords].offset = (uint32_t)at;
	p->words[p->nwords++].value = value;
}

/* Where in the stack each frame's return address lies, and what tells what an
 * interpreter runs: they follow in order. vfork's is in a register. */
static void find_words(struct explain_place *p, uint64_t sp)
{
	size_t size = word_size(p), from = 0, at;
	uint64_t word;

	for (int i = 0; i < p->nframes; i++) {
		const struct frame *f = &p->frames[i];

		if (f->told_at >= sp && word_at(f->told_at - sp, size, &word))
			keep_word(p, f->told_at - sp, word);
		if (!i || !f->ip)
			continue;
		at = from;
		while (word_at(at, size, &word) && word != f->ip)
			at += size;
		if (at + size > have)
			continue;
		keep_word(p, at, f->ip);
		from = at + size;
	}
}

static void note_script(struct explain_place *p, struct stack_cache *stacks,
	const struct explain_refusal *r)
{
	for (int i = 0; i < p->nframes; i++)
		if (p->frames[i].script) {
			p->python = stack_python(stacks);
			p->script = python_key(&p->python, r->tid, tcb_of(r));
			return;
		}
}

static void walk_asleep(struct explain_place *p, struct stack_cache *stacks,
	const struct explain_refusal *r)
{
	const struct regs regs = regs_of_sleeper(r->ip, r->sp, 0);

	p->nframes = stack_asleep(
		stacks, r->tid, r->tid, r->ip, r->sp, p->frames, STACK_FRAMES);
	p->is_32 = regs_is_32(&regs);
	find_words(p, r->sp);
}

static void walk(struct explain_place *p, struct stack_cache *stacks,
	const struct explain_refusal *r)
{
	struct regs regs;

	if (r->asleep) {
		walk_asleep(p, stacks, r);
		return;
	}
	if (r->regs)
		regs = *r->regs;
	else if (regs_get(r->tid, &regs))
		return;
	p->is_32 = regs_is_32(&regs);
	p->nframes = stack_walk(
		stacks, r->tid, r->tid, &regs, p->frames, STACK_FRAMES);
	find_words(p, r->sp);
}

/* fstat(fd) is newfstatat(fd, "", ...) since glibc 2.33. */
static bool asks_of_open_file(const struct explain_refusal *r, const char *call)
{
	char c;

	return !strcmp(call, "newfstatat") &&
	       mem_read_all(r->tid, r->args[1], &c, 1) && c == '\0';
}

static struct explain_place *new_place(struct explain_places *all,
	struct stack_cache *stacks, const struct explain_refusal *r)
{
	struct explain_place *p;

	if (all->n == EXPLAIN_PLACES)
		return NULL;
	p = calloc(1, sizeof(*p));
	if (!p)
		return NULL;
	p->arch = r->arch;
	p->nr = r->nr;
	p->ip = r->ip;
	p->image = r->image;
	p->verdict = r->verdict;
	p->tid = r->tid;
	p->process = r->process;
	p->thread = r->thread;
	p->first_us = r->us;
	calls_name(r->arch, r->nr, p->call, sizeof(p->call));
	proc_comm(r->tid, p->comm, sizeof(p->comm));
	if (stacks) {
		walk(p, stacks, r);
		note_script(p, stacks, r);
	}
	p->need =
		explain_need(asks_of_open_file(r, p->call) ? "fstat" : p->call,
			p->frames, p->nframes);
	p->masks = stack_fatal(p->frames, p->nframes);
	p->next = all->buckets[bucket(r)];
	all->buckets[bucket(r)] = p;
	all->list[all->n++] = p;
	return p;
}

/* A few calls of each place are kept, with what they were given. */
static void add_text(struct explain_place *p, const struct explain_refusal *r)
{
	const int max = sizeof(p->texts) / sizeof(*p->texts);
	char text[sizeof(*p->texts)];

	if (p->ntexts == max || p->count > 100)
		return;
	explain_args(r->tid, r->arch, p->call, r->args, text, sizeof(text));
	for (int i = 0; i < p->ntexts; i++)
		if (!strcmp(p->texts[i], text))
			return;
	memcpy(p->texts[p->ntexts++], text, sizeof(text));
}

struct explain_place *explain_places_add(struct explain_places *all,
	struct stack_cache *stacks, const struct explain_refusal *r)
{
	struct explain_place *p = all->buckets[bucket(r)];

	all->calls++;
	if (stacks)
		read_stack(r->tid, r->sp);
	while (p && !is_place(p, r))
		p = p->next;
	if (!p)
		p = new_place(all, stacks, r);
	if (!p) {
		all->unplaced++;
		return NULL;
	}
	if (stacks)
		add_text(p, r);
	p->count++;
	p->last_us = r->us;
	p->threads = p->threads || p->thread != r->thread ||
		     p->process != r->process;
	return p;
}

void explain_places_free(struct explain_places *p)
{
	for (int i = 0; i < p->n; i++)
		free(p->list[i]);
	p->n = 0;
}
