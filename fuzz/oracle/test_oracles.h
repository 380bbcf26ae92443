/* SPDX-License-Identifier: MIT */
/* test_oracles.h: a run as it is written; for tests. */
#ifndef ORACLE_TEST_ORACLES_H
#define ORACLE_TEST_ORACLES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <linux/futex.h>
#include <signal.h>
#include <string.h>

#include "oracle/oracle.h"
#include "program/facts.h"

#define LATE 1000 /* behind every step */

static struct program p;

static struct result r;

static struct seen seen;

static struct finding finding;

static const char two[] = "word w0 private 0\nword w1 private 0\n";

/* One step after the other, as written; but who was woken came back last. */
static inline void set_run(const char *words, const char *steps)
{
	char text[2000], err[200];

	snprintf(text, sizeof(text), "%s%s", words, steps);
	if (program_parse(&p, "t", text, strlen(text), err, sizeof(err)))
		fail_msg("%s", err);
	memset(&r, 0, sizeof(r));
	memset(&finding, 0, sizeof(finding));
	seen = (struct seen){ .p = &p, .r = &r };
	for (int i = 0; i < p.nsteps; i++) {
		seen.allowed[i] = true;
		r.state[i] = STEP_RETURNED;
		r.ret[i] = p.steps[i].want;
		r.begin[i] = (uint16_t)(2 * i + 1);
		r.end[i] = (uint16_t)(2 * i + 2);
		r.us[i] = r.at_us[i] = 10 * TIMEOUT_MAX;
		if (facts_waits(&p.steps[i]) && !r.ret[i])
			r.end[i] = (uint16_t)(LATE + i);
	}
	for (int i = 0; i < PROGRAM_THREADS; i++)
		r.tids[i] = 500 + i;
	for (int i = 0; i < p.nwords; i++)
		r.words[i] = p.words[i].value;
}

static inline void assert_kept(
	bool (*oracle)(const struct seen *, struct finding *))
{
	if (oracle(&seen, &finding))
		fail_msg("broken at step %d: %s", finding.step, finding.text);
}

/* Broken, and shown by STEP. */
static inline void assert_broken(
	bool (*oracle)(const struct seen *, struct finding *), const char *name,
	int step)
{
	assert_true(oracle(&seen, &finding));
	assert_string_equal(finding.oracle, name);
	assert_int_equal(finding.step, step);
}

#endif
