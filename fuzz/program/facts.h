/* SPDX-License-Identifier: MIT */
/*
 * facts.h: what a program alone tells of its steps: which words are the same,
 * which calls can meet, what a word can hold. Pure.
 */
#ifndef PROGRAM_FACTS_H
#define PROGRAM_FACTS_H

#include "program/result.h"
#include "sys/futex.h"

/* What a futex call means to the kernel: the operation without PRIVATE and
 * CLOCK_REALTIME. */
static inline int facts_cmd(const struct step *s)
{
	return s->op & FUTEX_COMMAND;
}

static inline bool facts_private(const struct step *s)
{
	return s->op & FUTEX_PRIVATE_FLAG;
}

/* The same 4 bytes, at one address or two. */
bool facts_same_word(const struct program *p, int a, int b);

/* The same address. */
bool facts_same_address(const struct program *p, int a, int b);

/* The futex that a call with these means, as a number under FACTS_KEYS: two
 * calls meet when theirs are equal (get_futex_key, kernel/futex/core.c). */
#define FACTS_KEYS (2 * PROGRAM_WORDS)
int facts_key(const struct program *p, int word, bool private);

/* Steps that sleep until a wake, that wake, that move; PI operations. */
bool facts_waits(const struct step *s);
bool facts_wakes(const struct step *s);
bool facts_requeues(const struct step *s);
bool facts_pi(const struct step *s);

/* All steps are one thread's: each is over before the next begins. */
bool facts_one_thread(const struct program *p);

/* The step makes its word a value that it names. */
static inline bool facts_stores(const struct step *s)
{
	return s->kind == STEP_STORE || s->kind == STEP_DROP;
}

/* The step spoils its word's link in a robust list: it writes over it, or its
 * page goes away. */
bool facts_breaks_link(const struct program *p, const struct step *s);

/* Some step stops the process. */
bool facts_stops(const struct program *p);

/* Some step gives a priority. */
bool facts_ranks(const struct program *p);

/* The highest priority that any step gives to the thread; 0: none. */
int facts_prio(const struct program *p, int thread);

/* True when a result may depend on a thread's number, by arithmetic on a word
 * that holds one: another thread has another. */
bool facts_counts_with_tids(const struct program *p);

/* What the executor lays down: of several names of one word, the last one's
 * value; 0 where no program may write. */
uint32_t facts_first_value(const struct program *p, int word);

/*
 * May the word hold VAL, or another than VAL, when step I reads it? With one
 * thread and known arithmetic this is exact.
 */
bool facts_may_hold(const struct program *p, const struct result *r, int word,
	int step, uint32_t val);
bool facts_may_differ(const struct program *p, const struct result *r, int word,
	int step, uint32_t val);

/* True, and *VALUE what it then holds, when the word's value before step I is
 * known (I = nsteps: at the end). */
bool facts_value(const struct program *p, const struct result *r, int word,
	int step, uint32_t *value);

/* How FUTEX_WAKE_OP changes a word: false for an operation that the kernel does
 * not know (futex_atomic_op_inuser, kernel/futex/waitwake.c). */
bool facts_wake_op(uint32_t val3, uint32_t *value);
bool facts_wake_op_compare_known(uint32_t val3);

#endif
