/* SPDX-License-Identifier: MIT */
/* memory.c: no byte changes but by a rule. */
#include <string.h>

#include "program/facts.h"
#include "oracle/oracle.h"

static bool is_thread(const struct result *r, uint32_t tid)
{
	for (int i = 0; i < PROGRAM_THREADS; i++)
		if ((uint32_t)r->tids[i] == tid)
			return true;
	return false;
}

/* Only PI operations, no store, change this word. Private and shared ones are
 * two locks with one word, each of which writes it as if it were alone. */
static bool pi_only(const struct program *p, int word)
{
	unsigned kinds = 0;

	for (int i = 0; i < p->nsteps; i++) {
		const struct step *s = &p->steps[i];
		bool first = program_names_word(s) &&
			     facts_same_word(p, s->word, word);
		bool second = s->kind == STEP_FUTEX &&
			      facts_same_word(p, s->word2, word);

		if (s->kind != STEP_FUTEX && first)
			return false;
		if (s->kind == STEP_FUTEX && facts_cmd(s) == FUTEX_WAKE_OP &&
			second)
			return false;
		if (facts_pi(s) && (first || second))
			kinds |= facts_private(s) ? 1 : 2;
	}
	return kinds == 1 || kinds == 2;
}

/* What a lock's word says right after the caller got or left it (futex(2),
 * Priority-inheritance futexes). */
static bool wrong_owner(const struct seen *s, int i, struct finding *f)
{
	const struct step *step = &s->p->steps[i];
	uint32_t own = (uint32_t)s->r->tids[step->thread];
	uint32_t owner = s->r->after[i] & FUTEX_TID_MASK;
	int cmd = facts_cmd(step);
	bool locked = cmd == FUTEX_LOCK_PI || cmd == FUTEX_LOCK_PI2 ||
		      cmd == FUTEX_TRYLOCK_PI;

	if (s->r->ret[i] != 0 || !pi_only(s->p, step->word))
		return false;
	if (locked && owner != own)
		return oracle_broken(f, "memory", i,
			"locked, but the word names %u as owner, not the "
			"caller, %u (futex(2): FUTEX_LOCK_PI)",
			owner, own);
	if (cmd == FUTEX_UNLOCK_PI && owner == own)
		return oracle_broken(f, "memory", i,
			"unlocked, but the word still names the caller, %u "
			"(futex(2): FUTEX_UNLOCK_PI)",
			owner);
	return false;
}

/* A thread exits with a robust list. */
static bool left_lists(const struct program *p)
{
	bool links = false, exits = false;

	for (int i = 0; i < p->nsteps; i++) {
		links |= p->steps[i].kind == STEP_LINK ||
			 p->steps[i].kind == STEP_PENDING;
		exits |= p->steps[i].kind == STEP_EXIT;
	}
	return links && exits;
}

/* At the end, with every lock left, a PI word names nobody, or one of us that
 * could not leave it. */
static bool wrong_word(const struct seen *s, int word, struct finding *f)
{
	uint32_t end = s->r->words[word], start = facts_first_value(s->p, word),
		 want;
	uint32_t owner = end & FUTEX_TID_MASK;

	if (!program_writable(s->p, word))
		return false;
	if (!left_lists(s->p) &&
		facts_value(s->p, s->r, word, s->p->nsteps, &want) &&
		!is_thread(s->r, want & FUTEX_TID_MASK) && end != want)
		return oracle_broken(f, "memory", -1,
			"w%d ends as %#x; by its steps it must be %#x", word,
			end, want);
	if (pi_only(s->p, word) && owner && owner != (start & FUTEX_TID_MASK) &&
		!is_thread(s->r, owner))
		return oracle_broken(f, "memory", -1,
			"w%d, a PI lock, names %u as owner, which is no thread "
			"of the program",
			word, owner);
	return false;
}

/* Only THREAD touches the word, and only by owning and linking it, once. */
static bool left_owned(
	const struct seen *s, int word, int thread, uint32_t *flags)
{
	int owns = 0, links = 0;

	for (int i = 0; i < s->p->nsteps; i++) {
		const struct step *step = &s->p->steps[i];

		if (step->kind == STEP_FUTEX &&
			(facts_pi(step) || facts_cmd(step) == FUTEX_WAKE_OP))
			return false;
		if (step->kind == STEP_FUTEX || !program_names_word(step) ||
			!facts_same_word(s->p, step->word, word))
			continue;
		if (step->thread != thread || s->r->state[i] != STEP_RETURNED)
			return false;
		/* Its own death is none to a word that names another. */
		if (step->kind == STEP_OWN && program_owner(step) != thread)
			return false;
		owns += step->kind == STEP_OWN;
		links += step->kind == STEP_LINK;
		*flags = step->kind == STEP_OWN ? step->val : *flags;
		if (step->kind != STEP_OWN && step->kind != STEP_LINK)
			return false;
	}
	return owns == 1 && links == 1;
}

/* A thread whose whole list the kernel can walk. */
static bool sound_list(const struct seen *s, int thread)
{
	for (int i = 0; i < s->p->nsteps; i++) {
		const struct step *step = &s->p->steps[i];
		int memory;

		if (facts_breaks_link(s->p, step))
			return false;
		if (step->thread != thread ||
			(step->kind != STEP_LINK && step->kind != STEP_PENDING))
			continue;
		memory = s->p->words[step->word].memory;
		if (!program_writable(s->p, step->word) ||
			memory == MEMORY_UNALIGNED || memory == MEMORY_PAGE_END)
			return false;
		for (int k = 0; k < s->p->nsteps; k++)
			if (k != i && s->p->steps[k].kind == STEP_LINK &&
				facts_same_word(
					s->p, step->word, s->p->steps[k].word))
				return false;
	}
	return true;
}

/* The robust list's promise: the owner's death is marked in the word
 * (set_robust_list(2); handle_futex_death, kernel/futex/core.c). */
static bool unmarked_death(const struct seen *s, int i, struct finding *f)
{
	const struct step *exit = &s->p->steps[i];
	uint32_t flags = 0, want;

	if (exit->kind != STEP_EXIT || !sound_list(s, exit->thread))
		return false;
	for (int w = 0; w < s->p->nwords; w++) {
		if (!program_writable(s->p, w) ||
			!left_owned(s, w, exit->thread, &flags))
			continue;
		want = (flags & FUTEX_WAITERS) | FUTEX_OWNER_DIED;
		if (s->r->words[w] != want)
			return oracle_broken(f, "memory", i,
				"w%d, on the robust list of a thread that "
				"exited as its owner, ends as %#x, not %#x "
				"(set_robust_list(2))",
				w, s->r->words[w], want);
	}
	return false;
}

bool oracle_memory(const struct seen *s, struct finding *f)
{
	if (s->r->stray)
		return oracle_broken(f, "memory", -1,
			"a byte changed that no step names: %d bytes from the "
			"first word in memory of kind %d",
			s->r->stray_at, s->r->stray - 1);
	for (int i = 0; i < s->p->nsteps; i++) {
		if (s->r->state[i] != STEP_RETURNED || !s->allowed[i])
			continue;
		if (s->p->steps[i].kind == STEP_FUTEX ? wrong_owner(s, i, f)
						      : unmarked_death(s, i, f))
			return true;
	}
	for (int i = 0; i < s->p->nwords; i++)
		if (wrong_word(s, i, f))
			return true;
	return false;
}
