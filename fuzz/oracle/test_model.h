/* SPDX-License-Identifier: MIT */
/*
 * test_model.h: runs for the model, as they are written. Steps run one after
 * the other; but who was woken, or timed out, came back last, as did who waited
 * for a lock: "# 0 late"; then his next steps. A wait without a comment was
 * woken by nobody. w0=0x1f4 behind what a step returned says what a word held
 * from then on; a line that is a comment, what it held at the end. t0 is 0x1f4,
 * t1 0x1f5, ...
 */
#ifndef ORACLE_TEST_MODEL_H
#define ORACLE_TEST_MODEL_H

#include <stdlib.h>

#include "model/order.h"
#include "oracle/test_oracles.h"

static struct order order;

static inline void order_step_came(int i, const char *line)
{
	const struct step *s = &p.steps[i];
	bool waits = s->kind == STEP_FUTEX && program_times_out(s->op);

	for (int k = 0; k < i; k++)
		if (p.steps[k].thread == s->thread && r.end[k] >= LATE) {
			r.begin[i] = (uint16_t)(LATE + 100 + 2 * i);
			r.end[i] = (uint16_t)(LATE + 101 + 2 * i);
		}
	if (s->kind == STEP_SLEEPS)
		r.sure |= 1ull << i;
	if (waits && (r.ret[i] == -ETIMEDOUT || strstr(line, " late")))
		r.end[i] = (uint16_t)(LATE + i);
	if (waits && !s->expects) {
		r.state[i] = STEP_DRAINED;
		r.end[i] = (uint16_t)(3 * LATE + i);
		r.drained = 2 * LATE;
	}
}

static inline void order_take_words(const char *line, const char *end)
{
	for (const char *at = line; (at = strchr(at, '=')) && at < end; at++)
		if (at > line + 2 && at[-2] == 'w' && at[1] == '0')
			r.words[at[-1] - '0'] =
				(uint32_t)strtoul(at + 1, NULL, 16);
}

static inline void order_came_back(void)
{
	for (int k = 0; k < p.nsteps; k++)
		if (r.end[k] >= LATE)
			r.after[k] = r.words[p.steps[k].word];
}

/* The run is in p and r. */
static inline void order_run(const char *words, const char *steps)
{
	int i = 0;

	set_run(words, steps);
	for (const char *line = steps; *line;) {
		const char *end = strchrnul(line, '\n');
		char text[200];

		snprintf(text, sizeof(text), "%.*s", (int)(end - line), line);
		if (*line == '#')
			order_came_back();
		order_take_words(line, end);
		if (*line == 't') {
			order_step_came(i, text);
			r.after[i] = r.words[p.steps[i].word];
			i++;
		}
		line = *end ? end + 1 : end;
	}
	if (!strstr(steps, "\n#"))
		order_came_back();
}

static inline void order_look(void)
{
	order_find(&p, &r, seen.allowed, &order);
}

struct order_row {
	const char *steps;
	int step; /* that shows that it is no futex; -1: it is one */
};

#define ORDER_AT_END -2 /* the words at the end show it */

static inline void order_rows(
	const char *words, const struct order_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int step = rows[i].step == ORDER_AT_END ? -1 : rows[i].step;

		order_run(words, rows[i].steps);
		order_look();
		if (order.verdict == ORDER_UNKNOWN)
			fail_msg("%s: %s", rows[i].steps, order.unknown);
		if (order.verdict != (rows[i].step == -1 ? ORDER_FOUND
							 : ORDER_NONE) ||
			(rows[i].step != -1 && order.step != step))
			fail_msg("%s: verdict %d, step %d: %s", rows[i].steps,
				order.verdict, order.step, order.text);
	}
}

#define ORDER_ROWS(words, rows)                                                \
	order_rows(words, rows, sizeof(rows) / sizeof(*(rows)))

#endif
