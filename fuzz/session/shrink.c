/* SPDX-License-Identifier: MIT */
/* shrink.c: leaves out and makes plain, as long as the oracle stays broken. */
#include "session/shrink.h"

#include <linux/futex.h>
#include <string.h>
#include <time.h>

#define RUNS_FIRST 200 /* to see how often the program breaks it */

struct shrinker {
	struct program *p;
	shrink_test *test;
	void *arg;
	int asked;
};

/* Takes the candidate when it still breaks. */
static bool take(struct shrinker *s, const struct program *candidate)
{
	if (!memcmp(candidate, s->p, sizeof(*candidate)))
		return false;
	s->asked++;
	if (!s->test(candidate, s->arg))
		return false;
	*s->p = *candidate;
	return true;
}

static void drop_steps(struct program *p, int first, int n)
{
	memmove(&p->steps[first], &p->steps[first + n],
		(size_t)(p->nsteps - first - n) * sizeof(*p->steps));
	p->nsteps -= n;
	memset(&p->steps[p->nsteps], 0, (size_t)n * sizeof(*p->steps));
}

static bool drop_thread(struct shrinker *s, int thread)
{
	struct program q = *s->p;

	for (int i = q.nsteps - 1; i >= 0; i--)
		if (q.steps[i].thread == thread)
			drop_steps(&q, i, 1);
	return q.nsteps && take(s, &q);
}

/* Halves, quarters, ... then single steps, from the end: later steps need
 * earlier ones more than the other way round. */
static bool drop_chunks(struct shrinker *s)
{
	bool any = false;

	for (int n = s->p->nsteps / 2; n > 0; n /= 2)
		for (int i = s->p->nsteps - n; i >= 0; i -= n) {
			struct program q = *s->p;

			if (i + n > q.nsteps || n == q.nsteps)
				continue;
			drop_steps(&q, i, n);
			any |= take(s, &q);
		}
	return any;
}

static void renumber(uint8_t *word, int gone)
{
	if (*word > gone)
		--*word;
	else if (*word == gone)
		*word = 0;
}

static bool drop_word(struct shrinker *s, int gone)
{
	struct program q = *s->p;

	if (q.nwords == 1)
		return false;
	for (int i = 0; i < q.nwords; i++)
		if (q.words[i].of == gone && i > gone)
			q.words[i].of = (uint8_t)i;
	memmove(&q.words[gone], &q.words[gone + 1],
		(size_t)(q.nwords - gone - 1) * sizeof(*q.words));
	memset(&q.words[--q.nwords], 0, sizeof(*q.words));
	for (int i = gone; i < q.nwords; i++)
		if (q.words[i].of > gone)
			q.words[i].of--;
	for (int i = 0; i < q.nsteps; i++) {
		if (program_names_word(&q.steps[i]))
			renumber(&q.steps[i].word, gone);
		if (q.steps[i].kind == STEP_FUTEX)
			renumber(&q.steps[i].word2, gone);
	}
	return take(s, &q);
}

static bool plain_word(struct shrinker *s, int i)
{
	struct program q = *s->p;
	bool any;

	q.words[i].of = (uint8_t)i;
	any = take(s, &q);
	q = *s->p;
	q.words[i].value = 0;
	any |= take(s, &q);
	q = *s->p;
	q.words[i].memory = MEMORY_PRIVATE;
	return take(s, &q) || any;
}

static int32_t plain_fourth(const struct step *s)
{
	return program_times_out(s->op) ? TIMEOUT_NONE : 0;
}

/* One argument each. */
static bool plain_step(struct shrinker *s, int i)
{
	bool any = false;

	for (int what = 0; what < 7; what++) {
		struct program q = *s->p;
		struct step *step = &q.steps[i];
		bool futex = step->kind == STEP_FUTEX;

		switch (what) {
		case 0:
			step->op = futex ? step->op & 127 : 0;
			break;
		case 1:
			step->op |= futex ? FUTEX_PRIVATE_FLAG : 0;
			step->op &= (uint16_t)~FUTEX_CLOCK_REALTIME;
			break;
		case 2:
			step->word2 = 0;
			break;
		case 3:
			step->fourth = futex ? plain_fourth(step) : 0;
			break;
		case 4:
			step->val3 = step->val3 > 1 ? 1 : 0;
			break;
		case 5:
			step->val = step->kind == STEP_SLEEPS ? step->val : 0;
			break;
		default:
			step->val = step->val > 1 && step->kind != STEP_SLEEPS
					    ? 1
					    : step->val;
		}
		any |= take(s, &q);
	}
	return any;
}

/* Threads are numbered from 0 without a hole. */
static bool close_ranks(struct shrinker *s)
{
	struct program q = *s->p;
	int names[PROGRAM_THREADS], n = 0;

	memset(names, -1, sizeof(names));
	for (int i = 0; i < q.nsteps; i++)
		if (names[q.steps[i].thread] < 0)
			names[q.steps[i].thread] = n++;
	for (int i = 0; i < q.nsteps; i++) {
		struct step *step = &q.steps[i];

		step->thread = (uint8_t)names[step->thread];
		if (step->kind == STEP_SLEEPS && names[step->val] >= 0)
			step->val = (uint32_t)names[step->val];
		if ((step->kind == STEP_OWN || step->kind == STEP_PRIO) &&
			step->word2 && names[step->word2 - 1] >= 0)
			step->word2 = (uint8_t)(names[step->word2 - 1] + 1);
	}
	return take(s, &q);
}

static bool pass(struct shrinker *s)
{
	bool any = false;

	for (int i = PROGRAM_THREADS - 1; i >= 0; i--)
		any |= drop_thread(s, i);
	any |= drop_chunks(s);
	for (int i = s->p->nwords - 1; i >= 0; i--)
		any |= drop_word(s, i);
	for (int i = 0; i < s->p->nwords; i++)
		any |= plain_word(s, i);
	for (int i = 0; i < s->p->nsteps; i++)
		any |= plain_step(s, i);
	return any;
}

static void plain_hash(struct shrinker *s)
{
	struct program q = *s->p;

	q.hash = 0;
	take(s, &q);
}

int shrink(struct program *p, shrink_test *test, void *arg)
{
	struct shrinker s = { p, test, arg, 1 };
	int passes = 0;

	/* They were said of another program. */
	for (int i = 0; i < p->nsteps; i++) {
		p->steps[i].expects = false;
		p->steps[i].want = 0;
	}
	if (!test(p, arg))
		return 0;
	/* Flags may go to and again: each pass but the first makes little. */
	plain_hash(&s);
	while (pass(&s) && ++passes < 8)
		;
	close_ranks(&s);
	return s.asked;
}

struct breaker {
	struct checker *c;
	const char *oracle;
	int runs, err;
	time_t end;
};

#define SECONDS_MAX 20 /* what is found is shown soon, or not much smaller */

static bool breaks(const struct program *p, void *arg)
{
	struct breaker *b = arg;
	struct finding f;
	struct result r;

	for (int i = 0; i < b->runs && !b->err && time(NULL) <= b->end; i++) {
		int ret = checker_run(b->c, p, &r, &f);

		if (ret < 0)
			b->err = ret;
		if (ret == 1 && !strcmp(f.oracle, b->oracle))
			return true;
	}
	return false;
}

/* How many runs show it, if it shows as often as now, in all but one of twenty
 * cases: 3 over the rate. */
static int runs_needed(struct breaker *b, const struct program *p)
{
	int n = 0, seen = 0;

	while (n < RUNS_FIRST && seen < 5 && !b->err) {
		n++;
		b->runs = 1;
		seen += breaks(p, b);
	}
	return !seen ? 0 : seen == n ? 2 : 3 * n / seen + 1;
}

int shrink_program(struct checker *c, struct program *p, const char *oracle)
{
	struct breaker b = {
		.c = c, .oracle = oracle, .end = time(NULL) + SECONDS_MAX
	};
	int tried;

	b.runs = runs_needed(&b, p);
	if (b.err)
		return b.err;
	if (!b.runs)
		return 0;
	tried = shrink(p, breaks, &b);
	return b.err ? b.err : tried;
}
