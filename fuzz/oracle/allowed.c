/* SPDX-License-Identifier: MIT */
/*
 * allowed.c: which results the arguments of a step allow. Two tables: in
 * the first, in the order of the kernel's own checks, a condition that leaves
 * one error only; in the second what else an operation may return.
 */
#include "oracle/allowed.h"

#include <errno.h>
#include <limits.h>

#include "program/facts.h"

#define OP(name)    (1u << FUTEX_##name)
#define WAITS	    (OP(WAIT) | OP(WAIT_BITSET))
#define WAKES	    (OP(WAKE) | OP(WAKE_BITSET))
#define REQUEUES    (OP(REQUEUE) | OP(CMP_REQUEUE) | OP(CMP_REQUEUE_PI))
#define LOCKS	    (OP(LOCK_PI) | OP(LOCK_PI2) | OP(TRYLOCK_PI))
#define TIMED	    (WAITS | OP(LOCK_PI) | OP(LOCK_PI2) | OP(WAIT_REQUEUE_PI))
#define REALTIME_OK (OP(WAIT_BITSET) | OP(WAIT_REQUEUE_PI) | OP(LOCK_PI2))
#define ALL_OPS	    ((1u << (FUTEX_LOCK_PI2 + 1)) - 1 - OP(FD))
#define EVERY	    UINT_MAX

/* FUTEX_ROBUST_UNLOCK, FUTEX_ROBUST_LIST32: ENOSYS before Linux 7.2, and then
 * an unlock. Nothing is promised, for the kernel is not known here. */
#define YOUNG	    0x600

static bool is_in(const struct step *s, unsigned ops)
{
	int cmd = facts_cmd(s);

	return ops == EVERY || (cmd < 32 && ops >> cmd & 1);
}

static bool timeout_fault(const struct call *c)
{
	return c->step->fourth == TIMEOUT_FAULT;
}

static bool timeout_invalid(const struct call *c)
{
	return c->step->fourth == TIMEOUT_INVALID;
}

static bool no_operation(const struct call *c)
{
	return !is_in(c->step, ALL_OPS);
}

static bool no_realtime(const struct call *c)
{
	return c->step->op & FUTEX_CLOCK_REALTIME &&
	       !is_in(c->step, REALTIME_OK);
}

static bool no_bits(const struct call *c)
{
	return !c->step->val3;
}

static bool negative_count(const struct call *c)
{
	return (int32_t)c->step->val < 0 || c->step->fourth < 0;
}

static bool not_one(const struct call *c)
{
	return c->step->val != 1;
}

static bool same_address(const struct call *c)
{
	return facts_same_address(c->p, c->step->word, c->step->word2);
}

static bool same_key(const struct call *c)
{
	bool private = facts_private(c->step);

	return facts_key(c->p, c->step->word, private) ==
	       facts_key(c->p, c->step->word2, private);
}

static bool odd(const struct call *c, int word)
{
	int memory = c->p->words[word].memory;

	return memory == MEMORY_UNALIGNED || memory == MEMORY_PAGE_END;
}

/* No value can be read. */
static bool dark(const struct call *c, int word)
{
	int memory = c->p->words[word].memory;

	return memory == MEMORY_NONE || memory == MEMORY_UNMAPPED ||
	       memory == MEMORY_KERNEL;
}

/* No key can be made: get_futex_key, kernel/futex/core.c. */
static bool keyless(const struct call *c, int word)
{
	if (c->p->words[word].memory == MEMORY_KERNEL)
		return true;
	return !facts_private(c->step) &&
	       (dark(c, word) || c->p->words[word].memory == MEMORY_READ_ONLY);
}

static bool odd1(const struct call *c)
{
	return odd(c, c->step->word);
}

static bool odd2(const struct call *c)
{
	return odd(c, c->step->word2);
}

static bool keyless1(const struct call *c)
{
	return keyless(c, c->step->word);
}

static bool keyless2(const struct call *c)
{
	return keyless(c, c->step->word2);
}

static bool dark1(const struct call *c)
{
	return dark(c, c->step->word);
}

static bool fixed1(const struct call *c)
{
	return !program_writable(c->p, c->step->word);
}

/* A sleeper there, whoever he is, gives EINVAL before (pi.c). */
static bool fixed_alone(const struct call *c)
{
	return fixed1(c) && facts_one_thread(c->p);
}

static bool fixed2(const struct call *c)
{
	return !program_writable(c->p, c->step->word2);
}

static bool never_equal(const struct call *c)
{
	return !facts_may_hold(
		c->p, c->s->r, c->step->word, c->i, c->step->val);
}

static bool never_equal3(const struct call *c)
{
	return !facts_may_hold(
		c->p, c->s->r, c->step->word, c->i, c->step->val3);
}

static bool no_wake_op(const struct call *c)
{
	uint32_t value = 0;

	return !facts_wake_op(c->step->val3, &value);
}

static bool no_compare(const struct call *c)
{
	return !facts_wake_op_compare_known(c->step->val3);
}

static bool own_lock(const struct call *c)
{
	uint32_t value;

	return facts_value(c->p, c->s->r, c->step->word, c->i, &value) &&
	       (int32_t)(value & FUTEX_TID_MASK) ==
		       c->s->r->tids[c->step->thread];
}

static bool foreign_lock(const struct call *c)
{
	uint32_t value;

	return facts_value(c->p, c->s->r, c->step->word, c->i, &value) &&
	       (int32_t)(value & FUTEX_TID_MASK) !=
		       c->s->r->tids[c->step->thread];
}

/* The first row that holds leaves one result. Sources: futex(2), ERRORS;
 * kernel/futex/syscalls.c (do_futex, sys_futex) and what it calls. */
static const struct must must[] = {
	{ TIMED, timeout_fault, EFAULT,
		"futex(2): EFAULT, the timeout does not point to memory" },
	{ TIMED, timeout_invalid, EINVAL,
		"futex(2): EINVAL, tv_nsec is not less than 1,000,000,000" },
	{ EVERY, no_operation, ENOSYS, "futex(2): ENOSYS, no such operation" },
	{ EVERY, no_realtime, ENOSYS,
		"futex(2): ENOSYS, CLOCK_REALTIME with an operation that does "
		"not take it" },
	{ OP(WAIT_BITSET) | OP(WAKE_BITSET), no_bits, EINVAL,
		"futex(2): EINVAL, val3 is zero" },
	{ REQUEUES, negative_count, EINVAL,
		"futex(2): EINVAL, val or val2 is negative (CVE-2018-6927)" },
	{ OP(CMP_REQUEUE_PI) | OP(WAIT_REQUEUE_PI), same_address, EINVAL,
		"futex(2): EINVAL, uaddr equals uaddr2 (CVE-2014-3153)" },
	{ OP(CMP_REQUEUE_PI), not_one, EINVAL,
		"kernel/futex/requeue.c: nr_wake of a PI requeue is 1" },
	/* UNLOCK_PI reads the word before it makes a key (pi.c). */
	{ OP(UNLOCK_PI), dark1, EFAULT, "kernel/futex/pi.c: word not read" },
	{ OP(UNLOCK_PI), foreign_lock, EPERM,
		"futex(2): EPERM, the caller does not own the lock" },
	{ OP(WAIT_REQUEUE_PI), odd2, EINVAL,
		"futex(2): EINVAL, uaddr2 is not aligned" },
	{ OP(WAIT_REQUEUE_PI), keyless2, EFAULT,
		"futex(2): EFAULT, uaddr2 is not accessible" },
	{ ALL_OPS - OP(UNLOCK_PI), odd1, EINVAL,
		"futex(2): EINVAL, uaddr is not aligned" },
	{ ALL_OPS - OP(UNLOCK_PI), keyless1, EFAULT,
		"futex(2): EFAULT, uaddr is not accessible" },
	{ REQUEUES | OP(WAKE_OP), odd2, EINVAL,
		"futex(2): EINVAL, uaddr2 is not aligned" },
	{ REQUEUES | OP(WAKE_OP), keyless2, EFAULT,
		"futex(2): EFAULT, uaddr2 is not accessible" },
	{ OP(CMP_REQUEUE_PI), same_key, EINVAL,
		"kernel/futex/requeue.c: both addresses are one futex" },
	{ WAITS | OP(WAIT_REQUEUE_PI) | OP(CMP_REQUEUE) | OP(CMP_REQUEUE_PI) |
			LOCKS,
		dark1, EFAULT, "futex(2): EFAULT, no read access" },
	{ WAITS | OP(WAIT_REQUEUE_PI), never_equal, EAGAIN,
		"futex(2): EAGAIN, the value at uaddr is not val" },
	{ OP(CMP_REQUEUE) | OP(CMP_REQUEUE_PI), never_equal3, EAGAIN,
		"futex(2): EAGAIN, the value at uaddr is not val3" },
	{ OP(WAKE_OP), no_wake_op, ENOSYS,
		"arch/x86/include/asm/futex.h: no such FUTEX_OP_" },
	{ OP(WAKE_OP), fixed2, EFAULT,
		"futex(2): EFAULT, uaddr2 cannot be written" },
	{ OP(WAKE_OP), no_compare, ENOSYS,
		"kernel/futex/waitwake.c: no such FUTEX_OP_CMP_" },
	{ LOCKS, own_lock, EDEADLK, "futex(2): EDEADLK, already the owner" },
	{ LOCKS, fixed_alone, EFAULT,
		"futex(2): EFAULT, uaddr cannot be written" },
};

/* Does any step wait for a PI lock? Then a plain wake may say EINVAL. */
static bool pi_waiters(const struct call *c)
{
	for (int i = 0; i < c->p->nsteps; i++)
		if (c->p->steps[i].kind == STEP_FUTEX &&
			is_in(&c->p->steps[i], LOCKS | OP(WAIT_REQUEUE_PI) |
						       OP(CMP_REQUEUE_PI)))
			return true;
	return false;
}

static bool has_timeout(const struct call *c)
{
	return c->step->fourth >= 0;
}

static bool may_differ(const struct call *c)
{
	return facts_may_differ(
		c->p, c->s->r, c->step->word, c->i, c->step->val);
}

static bool may_differ3(const struct call *c)
{
	return facts_may_differ(
		c->p, c->s->r, c->step->word, c->i, c->step->val3);
}

static bool always(const struct call *c)
{
	(void)c;
	return true;
}

static bool several(const struct call *c)
{
	return !facts_one_thread(c->p);
}

/* Errors beside those above. */
static const struct may {
	unsigned ops;
	bool (*when)(const struct call *c);
	int err;
} may[] = {
	{ WAITS | OP(WAIT_REQUEUE_PI), may_differ, EAGAIN },
	{ OP(CMP_REQUEUE) | OP(CMP_REQUEUE_PI), may_differ3, EAGAIN },
	{ TIMED, has_timeout, ETIMEDOUT },
	{ WAKES | REQUEUES | OP(WAKE_OP), pi_waiters, EINVAL },
	/* Owned: futex(2), FUTEX_TRYLOCK_PI. */
	{ OP(TRYLOCK_PI), always, EAGAIN },
	/* The word changed in the middle: "let user space handle it" (pi.c);
	 * futex(2) does not say so. */
	{ OP(UNLOCK_PI), several, EAGAIN },
	/* The owner is about to exit; "Try again" (futex(2)). */
	{ OP(LOCK_PI) | OP(LOCK_PI2), always, EAGAIN },
	{ LOCKS | OP(WAIT_REQUEUE_PI) | OP(CMP_REQUEUE_PI), always, EDEADLK },
	{ LOCKS | OP(WAIT_REQUEUE_PI) | OP(CMP_REQUEUE_PI), always, ESRCH },
	/* The word's owner is a kernel thread, or not the caller. */
	{ LOCKS | OP(UNLOCK_PI) | OP(WAIT_REQUEUE_PI) | OP(CMP_REQUEUE_PI),
		always, EPERM },
	/* Word and kernel state disagree. */
	{ LOCKS | OP(UNLOCK_PI) | OP(WAIT_REQUEUE_PI) | OP(CMP_REQUEUE_PI),
		always, EINVAL },
	/* A requeue that came between, or a wake: kernel/futex/requeue.c. */
	{ OP(WAIT_REQUEUE_PI) | OP(CMP_REQUEUE_PI), always, EAGAIN },
	{ OP(UNLOCK_PI) | LOCKS, fixed1, EFAULT },
	/* The PI lock's word cannot be written. */
	{ OP(CMP_REQUEUE_PI), fixed2, EFAULT },
	{ OP(WAIT_REQUEUE_PI), fixed2, EFAULT },
};

static int at_least_one(uint32_t n)
{
	return (int32_t)n > 1 ? (int32_t)n : 1;
}

/* The largest number that the operation may return. */
static int64_t most(const struct call *c)
{
	const struct step *s = c->step;
	int64_t n = 0;

	if (is_in(s, WAKES))
		n = at_least_one(s->val);
	else if (is_in(s, OP(WAKE_OP)))
		n = (int64_t)at_least_one(s->val) +
		    at_least_one((uint32_t)s->fourth);
	else if (is_in(s, REQUEUES))
		n = (int64_t)(int32_t)s->val + s->fourth;
	/* Nobody wakes himself. */
	return n < PROGRAM_THREADS - 1 ? n : PROGRAM_THREADS - 1;
}

bool allowed_ret(const struct call *c, int ret)
{
	if (c->step->op & YOUNG)
		return true;
	if (ret >= 0)
		return ret <= most(c);
	for (size_t i = 0; i < sizeof(may) / sizeof(*may); i++)
		if (is_in(c->step, may[i].ops) && may[i].err == -ret &&
			may[i].when(c))
			return true;
	return false;
}

const struct must *allowed_only(const struct call *c)
{
	for (size_t i = 0;
		!(c->step->op & YOUNG) && i < sizeof(must) / sizeof(*must); i++)
		if (is_in(c->step, must[i].ops) && must[i].when(c))
			return &must[i];
	return NULL;
}
