/* SPDX-License-Identifier: MIT */
/* kin.c: what a command needs by luck. */
#include "minimize/kin.h"

#include <linux/futex.h>
#include <stdio.h>
#include <string.h>

#include "explain/args.h"
#include "minimize/trial.h"
#include "sys/arch.h"
#include "sys/calls.h"

#ifndef FUTEX_LOCK_PI2
#define FUTEX_LOCK_PI2 13
#endif

#define ANY -1

/*
 * How libcs wait and wake, each in private and in shared memory.
 *
 * glibc 2.34 to 2.42, sysdeps/nptl: lll_futex_timed_wait and lll_futex_wake
 * (lowlevellock-futex.h) for locks, and __futex_abstimed_wait_common
 * (nptl/futex-internal.c) for all that can time out, conditions, semaphores,
 * barriers and pthread_join among it, with FUTEX_CLOCK_REALTIME also where
 * nothing is timed. It has not requeued since 2.25 (nptl/pthread_cond_*.c).
 *
 * musl 1.2: __futexwait and __wake (src/internal/pthread_impl.h),
 * src/thread/__timedwait.c, which counts time-outs down itself, and
 * unlock_requeue (src/thread/pthread_cond_timedwait.c).
 *
 * Go: futexsleep and futexwakeup (src/runtime/os_linux.go), in private memory.
 *
 * Rust's std waits by FUTEX_WAIT_BITSET and wakes by FUTEX_WAKE, in private
 * memory (library/std/src/sys, futex.rs, since 1.62), beside its libc.
 *
 * Both libcs take the locks that lend priority by FUTEX_LOCK_PI; glibc by
 * FUTEX_LOCK_PI2 where the clock is the monotonic one.
 */
static const struct {
	unsigned brought, libcs;
	uint32_t op;
} waits[] = {
	{ KIN_WAITS, LIBC_GLIBC | LIBC_MUSL | LIBC_GO, FUTEX_WAIT },
	{ KIN_WAITS, LIBC_GLIBC | LIBC_MUSL | LIBC_GO, FUTEX_WAKE },
	{ KIN_WAITS, LIBC_GLIBC, FUTEX_WAIT_BITSET },
	{ KIN_WAITS, LIBC_GLIBC, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME },
	{ KIN_WAITS, LIBC_MUSL, FUTEX_REQUEUE },
	{ KIN_PI, LIBC_GLIBC | LIBC_MUSL, FUTEX_LOCK_PI },
	{ KIN_PI, LIBC_GLIBC | LIBC_MUSL, FUTEX_UNLOCK_PI },
	{ KIN_PI, LIBC_GLIBC, FUTEX_LOCK_PI2 },
};

#define NWAITS (sizeof(waits) / sizeof(*waits))

unsigned minimize_makes(uint32_t op)
{
	for (size_t i = 0; i < NWAITS; i++)
		if (waits[i].op == (op & ~(uint32_t)FUTEX_PRIVATE_FLAG))
			return op & FUTEX_PRIVATE_FLAG
				       ? waits[i].libcs
				       : waits[i].libcs & ~(unsigned)LIBC_GO;
	return 0;
}

/* Does something that is in the result allow it? */
static bool is_kept(const struct minimize *m, const struct minimize_use *u)
{
	for (size_t i = 0; i < m->uses->n; i++) {
		const struct minimize_use *v = &m->uses->list[i];

		if (m->keep[i] && v->nr == u->nr && v->arch == u->arch &&
			(v->arg < 0 || (u->arg >= 0 && v->value == u->value)))
			return true;
	}
	return false;
}

/* The base has it, and what was there to begin with has not. */
static bool may_be_added(struct minimize *m, const struct minimize_use *u)
{
	uint32_t arch = m->cases[0].real.arch;
	struct seccomp_data data = { .nr = u->nr, .arch = u->arch };

	if (m->base && minimize_has_conditions(m->base, u->call))
		return true;
	if (u->arg >= 0)
		data.args[u->arg] = u->value;
	return !minimize_paper_allows(&m->uses->from, arch, &data) &&
	       (!m->base || minimize_paper_allows(&m->paper, arch, &data));
}

static void add(struct minimize *m, struct minimize_use *u)
{
	struct minimize_use *known;

	if (u->nr < 0 || is_kept(m, u) || !may_be_added(m, u))
		return;
	known = minimize_find(m->uses, u);
	if (known) {
		known->kin = u->kin;
		m->keep[known - m->uses->list] = true;
	} else if (m->uses->n == MINIMIZE_USES) {
		m->uses->full = true;
	} else {
		m->keep[m->uses->n] = true;
		m->uses->list[m->uses->n++] = *u;
	}
}

/* By ARG and VALUE, which is called HOW. */
static void add_call(
	struct minimize *m, uint32_t arch, const struct kin_call *c)
{
	struct minimize_use u = { .arch = arch,
		.nr = calls_number(arch, c->call),
		.arg = c->arg,
		.value = c->value,
		.need = "",
		.kin = c->why };

	snprintf(u.call, sizeof(u.call), "%s", c->call);
	u.as_base = m->base && minimize_has_conditions(m->base, c->call);
	if (u.as_base)
		u.arg = ANY;
	snprintf(u.text, sizeof(u.text), "%s%s%s", c->call, c->how ? ", " : "",
		c->how ? c->how : "");
	add(m, &u);
}

static void add_wait(struct minimize *m, uint32_t arch, const char *call,
	uint32_t op, const char *why)
{
	char name[80];
	struct text text = text_in(name, sizeof(name));

	explain_futex_op(&text, op);
	add_call(m, arch,
		&(struct kin_call){ .call = call,
			.arg = 1,
			.value = op,
			.how = name,
			.why = why });
}

static void add_waits(struct minimize *m, uint32_t arch, const char *call,
	unsigned brought, unsigned libcs)
{
#define WAITS_SO " waits and wakes so where threads meet"
	static const char *const why[] = {
		[LIBC_GLIBC] = KIN_OF "glibc" WAITS_SO,
		[LIBC_MUSL] = KIN_OF "musl" WAITS_SO,
		[LIBC_GLIBC | LIBC_MUSL] = KIN_OF "glibc or musl" WAITS_SO,
		[LIBC_GO] = KIN_OF "the Go runtime" WAITS_SO,
		[LIBC_GO | LIBC_GLIBC] =
			KIN_OF "glibc or the Go runtime" WAITS_SO,
		[LIBC_GO | LIBC_MUSL] =
			KIN_OF "musl or the Go runtime" WAITS_SO,
		[LIBC_GO | LIBC_GLIBC | LIBC_MUSL] =
			KIN_OF "glibc, musl or the Go runtime" WAITS_SO,
	};

	for (size_t i = 0; i < NWAITS; i++) {
		unsigned makes = waits[i].libcs & libcs;

		if (!(waits[i].brought & brought) || !makes)
			continue;
		add_wait(m, arch, call, waits[i].op | FUTEX_PRIVATE_FLAG,
			why[makes]);
		if (makes & ~(unsigned)LIBC_GO)
			add_wait(m, arch, call, waits[i].op,
				why[makes & ~(unsigned)LIBC_GO]);
	}
}

/* The libcs whose waits they are: those of its programs, and those whose
 * operations it was seen to make, as the runtime of a language may. */
static unsigned libcs_of(const struct minimize *m)
{
	unsigned libcs = m->uses->libcs;

	for (size_t i = 0; i < m->uses->n; i++) {
		const struct minimize_use *u = &m->uses->list[i];
		unsigned makes = u->kin || strncmp(u->call, "futex", 5)
					 ? 0
					 : minimize_makes((uint32_t)u->value);

		if (!(makes & libcs))
			libcs |= makes & ~(unsigned)LIBC_GO;
	}
	return libcs ? libcs : LIBC_GLIBC | LIBC_MUSL;
}

static unsigned brought(const struct minimize *m, uint32_t arch, unsigned libcs)
{
	unsigned all = *minimize_brought(m->uses, arch);

	for (size_t i = 0; i < m->uses->n; i++)
		if (m->keep[i] && m->uses->list[i].arch == arch)
			all |= m->uses->list[i].brings;
	for (size_t i = 0; i < m->ncases; i++)
		if (m->cases[i].real.handles && m->cases[i].real.arch == arch)
			all |= KIN_SIGRETURN;
	/* Its rows are those of x86-64. */
	if (arch == ARCH_NATIVE && libcs & LIBC_GO) {
		all |= KIN_GO | KIN_WAITS | KIN_SIGRETURN | KIN_RESTART;
		if (all & KIN_POLLS)
			all |= KIN_GO_POLLS;
	}
	return all;
}

static bool makes_call(
	const struct minimize *m, uint32_t arch, const char *call)
{
	for (size_t i = 0; i < m->uses->n; i++)
		if (m->uses->list[i].arch == arch &&
			!strcmp(m->uses->list[i].call, call))
			return true;
	return false;
}

static bool applies(const struct minimize *m, const struct kin_call *c,
	unsigned all, unsigned libcs)
{
	return c->brought & ~(unsigned)KIN_NEXT & all && c->libcs & libcs &&
	       (m->next || !(c->brought & KIN_NEXT));
}

static void add_arch(struct minimize *m, uint32_t arch)
{
	static const struct kin_call returns[] = {
		{ KIN_SIGRETURN, ~0u, "rt_sigreturn", ANY, 0, NULL,
			KIN_OF "a handler of signals returns by it",
			"sigreturn(2)" },
		{ KIN_SIGRETURN, ~0u, "sigreturn", ANY, 0, NULL,
			KIN_OF "a handler of signals returns by it",
			"sigreturn(2)" },
		{ KIN_RESTART, ~0u, "restart_syscall", ANY, 0, NULL,
			KIN_OF "a wait that was stopped goes on by it",
			"restart_syscall(2)" },
	};
	unsigned libcs = libcs_of(m), all = brought(m, arch, libcs);

	if (all & (KIN_WAITS | KIN_PI))
		add_waits(m, arch, "futex", all, libcs);
	if (all & (KIN_WAITS | KIN_PI) && makes_call(m, arch, "futex_time64"))
		add_waits(m, arch, "futex_time64", all, libcs);
	for (size_t i = 0; i < sizeof(returns) / sizeof(*returns); i++)
		if (returns[i].brought & all)
			add_call(m, arch, &returns[i]);
	for (size_t i = 0; i < minimize_nkin_calls; i++)
		if (applies(m, &minimize_kin_calls[i], all, libcs))
			add_call(m, arch, &minimize_kin_calls[i]);
}

/* Who asks where one standard stream stands asks the others too, where they are
 * no pipes: shells, by a stdio of their own (ksh: sfio/sfsetbuf.c). */
static void add_positions(struct minimize *m, uint32_t arch)
{
	struct kin_call c = { .call = "lseek",
		.arg = 0,
		.why = KIN_OF "where a standard stream that is a file stands" };
	bool asks = false;

	for (size_t i = 0; i < m->uses->n && !asks; i++)
		asks = m->keep[i] && m->uses->list[i].arch == arch &&
		       m->uses->list[i].arg == 0 && !m->uses->list[i].kin &&
		       !strcmp(m->uses->list[i].call, "lseek");
	for (; asks && c.value <= 2; c.value++)
		add_call(m, arch, &c);
}

int minimize_add_kin(struct minimize *m)
{
	if (m->bare || m->lift)
		return 0;
	m->paper.profile = m->base;
	add_arch(m, ARCH_NATIVE);
	add_arch(m, ARCH_COMPAT);
	add_positions(m, ARCH_NATIVE);
	add_positions(m, ARCH_COMPAT);
	if (m->paper.err.text[0])
		return failure_set_alone(
			&m->failure, FAILURE_EVIDENCE, "%s", m->paper.err.text);
	if (m->uses->full)
		return minimize_fail(m, FAILURE_EVIDENCE, m->command,
			"too many different calls");
	return 0;
}
