/* SPDX-License-Identifier: MIT */
/* asks.c: what the program's threads ask of the outer side. */
#include "executor/asks.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>

#include "executor/planted.h"
#include "program/facts.h"
#include "sys/sys.h"

static void make_stops(struct handover *h, pid_t pid)
{
	uint32_t asked = __atomic_load_n(&h->stops, __ATOMIC_SEQ_CST);
	siginfo_t info;

	if (asked == h->stopped)
		return;
	kill(pid, SIGSTOP);
	if (waitid(P_PID, (id_t)pid, &info, WSTOPPED | WEXITED | WNOWAIT) ||
		info.si_code != CLD_STOPPED)
		return;
	waitid(P_PID, (id_t)pid, &info, WSTOPPED);
	kill(pid, SIGCONT);
	waitid(P_PID, (id_t)pid, &info, WCONTINUED | WNOHANG);
	__atomic_store_n(&h->stopped, asked, __ATOMIC_SEQ_CST);
	sys_futex(&h->stopped, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

/* 0, or an errno: SCHED_FIFO needs a right, SCHED_OTHER none (sched(7)). */
static int set_priority(pid_t tid, int prio)
{
	const struct sched_param param = { prio };
	int policy = prio ? SCHED_FIFO : SCHED_OTHER;

	return sched_setscheduler(tid, policy, &param) ? errno : 0;
}

static void give_priority(struct handover *h, int thread)
{
	uint32_t i = __atomic_load_n(&h->ranks[thread], __ATOMIC_SEQ_CST);
	const struct step *s;
	int prio;

	if (!i)
		return;
	s = &h->program.steps[i - 1];
	prio = planted_prio(thread, program_owner(s), (int)s->val);
	h->refused[thread] =
		prio < 0 ? 0
			 : set_priority(h->result.tids[program_owner(s)], prio);
	__atomic_store_n(&h->ranks[thread], 0, __ATOMIC_SEQ_CST);
	sys_futex(&h->ranks[thread], FUTEX_WAKE, 1, NULL, NULL, 0);
}

void asks_answer(struct handover *h, pid_t pid)
{
	make_stops(h, pid);
	for (int t = 0; t < PROGRAM_THREADS; t++)
		give_priority(h, t);
}

void asks_take_back(const struct program *p, const struct result *r)
{
	for (int t = 0; t < PROGRAM_THREADS && facts_ranks(p); t++)
		set_priority(r->tids[t], 0);
}
