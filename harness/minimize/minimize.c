/* SPDX-License-Identifier: MIT */
/* minimize.c: the smallest profile under which a command does the same. */
#include "minimize/minimize.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "minimize/journal.h"
#include "minimize/kin.h"
#include "minimize/search.h"

static bool is_one_of(const char *call, const char *const *list)
{
	while (*list && strcmp(call, *list) != 0)
		list++;
	return *list;
}

/* How likely it is needed also where a refusal is no death: 0, 1, 2. */
static int likelihood(const struct minimize_use *u)
{
	static const char *const likely[] = { "accept4", "arch_prctl", "bind",
		"clone", "clone3", "close", "connect", "dup2", "dup3",
		"epoll_create1", "epoll_ctl", "epoll_wait", "execve", "exit",
		"exit_group", "fork", "fstat", "fstat64", "listen", "mprotect",
		"newfstatat", "openat", "pipe", "pipe2", "poll", "ppoll",
		"pread64", "read", "readv", "recvfrom", "sendto",
		"set_thread_area", "socket", "vfork", "wait4", "write",
		"writev", NULL };
	static const char *const maybe[] = { "futex", "futex_time64", "mmap",
		"mmap2", "rt_sigreturn", "sigreturn", NULL };

	return is_one_of(u->call, likely) ? 2 : is_one_of(u->call, maybe);
}

/* What can be taken out should be so before it is shown that the rest cannot:
 * each time that something is, that has to be shown again. */
static void likely_last(struct minimize_uses *uses)
{
	static struct minimize_use sorted[MINIMIZE_USES];
	size_t n = 0;

	for (int how = 0; how <= 2; how++)
		for (size_t i = 0; i < uses->n; i++)
			if (likelihood(&uses->list[i]) == how)
				sorted[n++] = uses->list[i];
	memcpy(uses->list, sorted, n * sizeof(*sorted));
}

/* Where what is refused goes on with an errno. */
static int search_subset(struct minimize *m)
{
	static bool doubtful[MINIMIZE_USES];
	size_t n = m->uses->n;
	int ret;

	likely_last(m->uses);
	for (size_t i = 0; i < n; i++)
		m->keep[i] = likelihood(&m->uses->list[i]) > 0;
	ret = minimize_grow(
		m->keep, doubtful, n, minimize_try, minimize_suspects, m);
	if (ret)
		return ret;
	return minimize_subset(
		m->keep, doubtful, n, minimize_try, minimize_try_ahead, m);
}

/* 0, or -1 and m->failure tells. */
static int search(struct minimize *m)
{
	int ret = minimize_kills(m) ? minimize_prefix(m->keep, m->uses->n,
					      minimize_try, m)
				    : search_subset(m);

	if (ret == -ENOMEM)
		return minimize_fail(
			m, FAILURE_SYSTEM, m->command, strerror(ENOMEM));
	return ret;
}

int minimize_profile(struct minimize *m)
{
	int ret = minimize_learn(m);

	if (!ret)
		ret = minimize_journal_take(m);
	if (!ret)
		ret = search(m);
	if (ret)
		return ret;
	m->nsearched = m->uses->n;
	memcpy(m->found, m->keep, m->nsearched);
	minimize_keep_first(m);
	ret = minimize_add_kin(m);
	return ret ? ret : minimize_confirm(m);
}

void minimize_release(struct minimize *m)
{
	for (struct minimize_tried *t = m->tried; t;) {
		struct minimize_tried *next = t->next;

		free(t);
		t = next;
	}
	for (size_t i = 0; i < m->ncases; i++)
		explain_seen_free(&m->cases[i].real);
	if (m->plan.stacks)
		stack_close(m->plan.stacks);
	profile_free((struct profile *)m->base);
	profile_free((struct profile *)m->from);
}
