/* SPDX-License-Identifier: MIT */
/* sample.c: calls at the edges of all comparisons. */
#include "profile/sample.h"

#define POINTS 256 /* of one argument */
#define LIMIT  100000

struct points {
	bool used[PROFILE_ARGS];
	size_t n;
	uint64_t values[POINTS];
};

static void add(struct points *s, uint64_t value)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->values[i] == value)
			return;
	if (s->n < POINTS)
		s->values[s->n++] = value;
}

static void add_edges(struct points *s, uint64_t v)
{
	add(s, v);
	add(s, v - 1);
	add(s, v + 1);
	add(s, ~v);
	add(s, v << 32);
	add(s, v >> 32);
	add(s, v ^ (uint64_t)1 << 32);
	add(s, v ^ (uint64_t)1 << 63);
}

/* A filter that is wrong may compare an argument with another one's value. */
static void find_points(
	struct points *s, const struct meant_rule *rules, size_t n)
{
	*s = (struct points){ .n = 0 };
	add(s, 0);
	add(s, UINT64_MAX);
	for (size_t i = 0; i < n; i++)
		for (unsigned k = 0; k < rules[i].nargs; k++) {
			const struct scmp_arg_cmp *cmp = &rules[i].args[k];

			s->used[cmp->arg] = true;
			add_edges(s, cmp->datum_a);
			add_edges(s, cmp->datum_b);
		}
}

/* The same numbers in each run: Knuth's MMIX. */
static uint64_t draw(uint64_t *state)
{
	*state = *state * 6364136223846793005 + 1442695040888963407;
	return *state >> 33;
}

static size_t sample(const struct points *s, struct seccomp_data data,
	void (*try)(void *, const struct seccomp_data *), void *context)
{
	uint64_t all = 1, state = 1;

	for (unsigned arg = 0; arg < PROFILE_ARGS; arg++)
		if (s->used[arg] && all <= LIMIT)
			all *= s->n;
	for (uint64_t i = 0; i < all && i < LIMIT; i++) {
		uint64_t rest = i;

		for (unsigned arg = 0; arg < PROFILE_ARGS; arg++) {
			if (!s->used[arg])
				continue;
			if (all > LIMIT)
				rest = draw(&state);
			data.args[arg] = s->values[rest % s->n];
			rest /= s->n;
		}
		try(context, &data);
	}
	return all < LIMIT ? all : LIMIT;
}

size_t sample_calls(const struct meaning *m,
	void (*try)(void *, const struct seccomp_data *), void *context)
{
	size_t sum = 0;

	for (unsigned way = 0; way < m->n; way++) {
		const struct meant_way *w = &m->ways[way];
		const struct meant_rule *first;

		for (size_t i = 0, n; i < w->n; i += n) {
			const struct seccomp_data data = {
				.nr = (int)w->rules[i].nr,
				.arch = w->arch,
			};
			struct points s;

			n = meaning_rules(w, w->rules[i].nr, &first);
			find_points(&s, first, n);
			sum += sample(&s, data, try, context);
		}
	}
	return sum;
}
