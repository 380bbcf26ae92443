/* SPDX-License-Identifier: MIT */
/* facts.c: what a program alone tells of its steps. */
#include "program/facts.h"

#include <errno.h>

/* Kinds whose words at one place are the same bytes. */
static int store_of(int memory)
{
	return memory == MEMORY_ALIAS ? MEMORY_SHARED : memory;
}

bool facts_same_address(const struct program *p, int a, int b)
{
	return p->words[a].memory == p->words[b].memory &&
	       program_place(p, a) == program_place(p, b);
}

bool facts_same_word(const struct program *p, int a, int b)
{
	return store_of(p->words[a].memory) == store_of(p->words[b].memory) &&
	       program_place(p, a) == program_place(p, b);
}

int facts_key(const struct program *p, int word, bool private)
{
	for (int i = 0; i < word; i++)
		if (private ? facts_same_address(p, i, word)
			    : facts_same_word(p, i, word))
			return 2 * i + private;
	return 2 * word + private;
}

bool facts_waits(const struct step *s)
{
	int cmd = facts_cmd(s);

	return s->kind == STEP_FUTEX &&
	       (cmd == FUTEX_WAIT || cmd == FUTEX_WAIT_BITSET);
}

bool facts_wakes(const struct step *s)
{
	int cmd = facts_cmd(s);

	return s->kind == STEP_FUTEX &&
	       (cmd == FUTEX_WAKE || cmd == FUTEX_WAKE_BITSET ||
		       cmd == FUTEX_REQUEUE || cmd == FUTEX_CMP_REQUEUE ||
		       cmd == FUTEX_WAKE_OP);
}

bool facts_requeues(const struct step *s)
{
	int cmd = facts_cmd(s);

	return s->kind == STEP_FUTEX &&
	       (cmd == FUTEX_REQUEUE || cmd == FUTEX_CMP_REQUEUE);
}

bool facts_pi(const struct step *s)
{
	int cmd = facts_cmd(s);

	return s->kind == STEP_FUTEX &&
	       (cmd == FUTEX_LOCK_PI || cmd == FUTEX_LOCK_PI2 ||
		       cmd == FUTEX_UNLOCK_PI || cmd == FUTEX_TRYLOCK_PI ||
		       cmd == FUTEX_WAIT_REQUEUE_PI ||
		       cmd == FUTEX_CMP_REQUEUE_PI);
}

static bool has_kind(const struct program *p, enum step_kind kind)
{
	for (int i = 0; i < p->nsteps; i++)
		if (p->steps[i].kind == kind)
			return true;
	return false;
}

bool facts_stops(const struct program *p)
{
	return has_kind(p, STEP_STOP);
}

bool facts_breaks_link(const struct program *p, const struct step *s)
{
	if (s->kind != STEP_DROP || p->words[s->word].memory != MEMORY_PAGES)
		return s->kind == STEP_CORRUPT;
	for (int i = 0; i < p->nsteps; i++)
		if (p->steps[i].kind == STEP_LINK &&
			facts_same_word(p, p->steps[i].word, s->word))
			return true;
	return false;
}

bool facts_ranks(const struct program *p)
{
	return has_kind(p, STEP_PRIO);
}

int facts_prio(const struct program *p, int thread)
{
	int most = 0;

	for (int i = 0; i < p->nsteps; i++) {
		const struct step *s = &p->steps[i];

		if (s->kind == STEP_PRIO && program_owner(s) == thread &&
			(int)s->val > most)
			most = (int)s->val;
	}
	return most;
}

bool facts_one_thread(const struct program *p)
{
	for (int i = 1; i < p->nsteps; i++)
		if (p->steps[i].thread != p->steps[0].thread)
			return false;
	return true;
}

bool facts_counts_with_tids(const struct program *p)
{
	bool tids = false, arithmetic = false;

	for (int i = 0; i < p->nsteps; i++) {
		const struct step *s = &p->steps[i];

		tids |= s->kind == STEP_OWN || facts_pi(s);
		arithmetic |= s->kind == STEP_ADD ||
			      (s->kind == STEP_FUTEX &&
				      facts_cmd(s) == FUTEX_WAKE_OP);
	}
	return tids && arithmetic;
}

static int32_t sign_extend12(uint32_t v)
{
	return (int32_t)(v << 20) >> 20;
}

bool facts_wake_op(uint32_t val3, uint32_t *value)
{
	int32_t arg = sign_extend12(val3 >> 12 & 0xfff);

	if (val3 >> 28 & FUTEX_OP_OPARG_SHIFT)
		arg = (int32_t)(1u << (arg & 31));
	switch (val3 >> 28 & 7) {
	case FUTEX_OP_SET:
		*value = (uint32_t)arg;
		return true;
	case FUTEX_OP_ADD:
		*value += (uint32_t)arg;
		return true;
	case FUTEX_OP_OR:
		*value |= (uint32_t)arg;
		return true;
	case FUTEX_OP_ANDN:
		*value &= ~(uint32_t)arg;
		return true;
	case FUTEX_OP_XOR:
		*value ^= (uint32_t)arg;
		return true;
	default:
		return false;
	}
}

bool facts_wake_op_compare_known(uint32_t val3)
{
	return (val3 >> 24 & 15) <= FUTEX_OP_CMP_GE;
}

/* The step may change the word in a way that only a run can tell. */
static bool obscures(const struct program *p, const struct step *s, int word)
{
	bool first = facts_same_word(p, s->word, word);

	switch (s->kind) {
	case STEP_ADD:
	case STEP_OWN:
	case STEP_LINK:
	case STEP_PENDING:
		return first;
	case STEP_FUTEX:
		if (facts_cmd(s) == FUTEX_WAKE_OP)
			return facts_same_word(p, s->word2, word);
		return facts_pi(s) &&
		       (first || facts_same_word(p, s->word2, word));
	default:
		return false;
	}
}

uint32_t facts_first_value(const struct program *p, int word)
{
	uint32_t value = 0;

	for (int i = 0; i < p->nwords; i++)
		if (program_writable(p, i) && facts_same_word(p, i, word))
			value = p->words[i].value;
	return value;
}

/* One thread: the step's effect on the word's value. False: not known. */
static bool apply(const struct program *p, const struct result *r, int i,
	int word, uint32_t *value)
{
	const struct step *s = &p->steps[i];
	bool here =
		facts_same_word(p, s->word, word) && program_writable(p, word);

	if (r->state[i] != STEP_RETURNED)
		return s->kind != STEP_FUTEX || !obscures(p, s, word);
	switch (s->kind) {
	case STEP_STORE:
	case STEP_DROP:
		*value = here ? s->val : *value;
		return true;
	case STEP_ADD:
		*value += here ? s->val : 0;
		return true;
	case STEP_OWN:
		if (here)
			*value = (uint32_t)r->tids[program_owner(s)] | s->val;
		return true;
	case STEP_LINK:
	case STEP_PENDING:
		/* It acts at the exit, after which nothing is read. */
		return true;
	case STEP_FUTEX:
		if (facts_cmd(s) == FUTEX_WAKE_OP && r->ret[i] >= 0 &&
			facts_same_word(p, s->word2, word))
			return facts_wake_op(s->val3, value);
		return !obscures(p, s, word) ||
		       (facts_cmd(s) == FUTEX_WAKE_OP && r->ret[i] < 0 &&
			       r->ret[i] != -ENOSYS);
	default:
		return true;
	}
}

bool facts_value(const struct program *p, const struct result *r, int word,
	int step, uint32_t *value)
{
	bool one = facts_one_thread(p);

	*value = facts_first_value(p, word);
	for (int i = 0; i < (one ? step : p->nsteps); i++) {
		const struct step *s = &p->steps[i];

		if (one && !apply(p, r, i, word, value))
			return false;
		if (!one && (obscures(p, s, word) ||
				    (facts_stores(s) &&
					    facts_same_word(p, s->word, word))))
			return false;
	}
	return true;
}

/* Several threads: every value that is stored at some time. */
static bool may_hold(const struct program *p, int word, uint32_t val, bool not )
{
	if ((facts_first_value(p, word) == val) != not )
		return true;
	for (int i = 0; i < p->nsteps; i++) {
		const struct step *s = &p->steps[i];

		if (obscures(p, s, word))
			return true;
		if (facts_stores(s) && facts_same_word(p, s->word, word) &&
			(s->val == val) != not )
			return true;
	}
	return false;
}

bool facts_may_hold(const struct program *p, const struct result *r, int word,
	int step, uint32_t val)
{
	uint32_t value;

	if (facts_one_thread(p) && facts_value(p, r, word, step, &value))
		return value == val;
	return may_hold(p, word, val, false);
}

bool facts_may_differ(const struct program *p, const struct result *r, int word,
	int step, uint32_t val)
{
	uint32_t value;

	if (facts_one_thread(p) && facts_value(p, r, word, step, &value))
		return value != val;
	return may_hold(p, word, val, true);
}
