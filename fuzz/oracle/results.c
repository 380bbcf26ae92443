/* SPDX-License-Identifier: MIT */
/* results.c: each result is one that the arguments of its step allow. */
#include <errno.h>
#include <string.h>

#include "oracle/allowed.h"
#include "program/facts.h"

static const char *show(int ret, char text[16])
{
	if (ret < 0)
		return program_errno_name(-ret);
	snprintf(text, 16, "%d", ret);
	return text;
}

/* A time-out may come late, never early (futex(2): "rounded up"). */
static bool early(const struct call *c, struct finding *f)
{
	const struct result *r = c->s->r;
	bool relative = facts_cmd(c->step) == FUTEX_WAIT;
	uint32_t took = relative ? r->us[c->i] : r->at_us[c->i];
	int64_t asked = c->step->fourth;

	/* The processor's clock was measured to about a thousandth. */
	if (r->ret[c->i] != -ETIMEDOUT || asked <= 0 ||
		took + took / 500 + 2 >= asked)
		return false;
	return oracle_broken(f, "results", c->i,
		"timed out after %u us, %d were asked (futex(2): the interval "
		"is rounded up, and may overrun)",
		took, (int)asked);
}

static bool check_futex(const struct call *c, struct finding *f)
{
	const struct must *only = allowed_only(c);
	int ret = c->s->r->ret[c->i];
	char text[16];

	if (only && ret != -only->err)
		return oracle_broken(f, "results", c->i,
			"returned %s, not %s: %s", show(ret, text),
			program_errno_name(only->err), only->why);
	if (!only && !allowed_ret(c, ret))
		return oracle_broken(f, "results", c->i,
			"returned %s, which these arguments do not allow "
			"(futex(2), RETURN VALUE and ERRORS)",
			show(ret, text));
	return early(c, f);
}

/* The steps that are not futex calls. */
static bool check_other(const struct call *c, struct finding *f)
{
	const struct step *s = c->step;
	int ret = c->s->r->ret[c->i];
	bool good = ret == 0;

	if (s->kind == STEP_SLEEPS)
		good |= ret == -ESRCH || ret == -EDEADLK || ret == -ETIMEDOUT;
	else if (s->kind == STEP_PRIO)
		good |= ret == -EPERM || ret == -ESRCH;
	else if (s->kind == STEP_READ)
		good = ret == -EAGAIN || (ret >= 0 && ret <= (int)s->val);
	else if (s->kind == STEP_WRITE)
		good = ret == -EAGAIN || ret == (int)s->val;
	else if (program_names_word(s))
		good |= ret == -EFAULT && !program_writable(c->p, s->word);
	return !good && oracle_broken(f, "results", c->i,
				"returned %d, which read(2), write(2) or the "
				"executor do not allow",
				ret);
}

bool oracle_results(const struct seen *s, struct finding *f)
{
	struct call c = { .s = s, .p = s->p };

	for (c.i = 0; c.i < s->p->nsteps; c.i++) {
		c.step = &s->p->steps[c.i];
		if (s->r->state[c.i] != STEP_RETURNED || !s->allowed[c.i])
			continue;
		if (c.step->kind == STEP_FUTEX ? check_futex(&c, f)
					       : check_other(&c, f))
			return true;
	}
	return false;
}
