/* SPDX-License-Identifier: MIT */
/* executor.c: the outer side: makes executors, hands programs over. */
#include "executor/executor.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "executor/asks.h"
#include "executor/cover.h"
#include "executor/inside.h"
#include "executor/look.h"
#include "executor/inside_pager.h"
#include "executor/planted.h"
#include "executor/settle.h"
#include "sys/clock.h"
#include "sys/proc.h"
#include "sys/sys.h"

#define LOOK_EVERY   1024 /* programs, between looks into /proc */
#define PATIENCE_MS  100  /* that a program may take, beside its time-outs */
#define STOOD_MS     10	  /* ... and may not when nothing stops it */
#define CPU_MAX_NS   5000000000 /* for one that is not asleep */
#define LEADER_LOOKS 300
#define PROOFS	     3
#define PAGER_ROUNDS 200 /* some 40 s; then it is gone */

/* linux/prctl.h, since Linux 6.16: younger than the headers. Where there is no
 * such, nothing is to be seen of it either. */
#ifndef PR_FUTEX_HASH
#define PR_FUTEX_HASH 78
#endif
#define SET_SLOTS 1

struct executor {
	struct handover *h;
	struct memory_map memory;
	bool spread;
	int hash; /* that of the process that runs: struct program */
	struct filter bpf;
	pid_t us, pid, canary;
	unsigned runs;
	struct look_files files;
	int fds, threads; /* that it had at its start */
};

/* The child of a process that may have threads: it execs nothing, and so
 * calls only what is safe after fork. */
__attribute__((noreturn)) static void run_child(struct executor *e, bool canary)
{
	const struct rlimit none = { 0, 0 };
	cpu_set_t all;

	memset(&all, 255, sizeof(all));
	if (e->spread)
		sched_setaffinity(0, sizeof(all), &all);
	proc_die_with(e->us, SIGKILL);
	/* Short naps are to be short: PR_SET_TIMERSLACK(2const). */
	prctl(PR_SET_TIMERSLACK, 1);
	if (e->hash)
		prctl(PR_FUTEX_HASH, SET_SLOTS, 1 << e->hash, 0, 0);
	setrlimit(RLIMIT_CORE, &none);
	if (canary)
		inside_canary(e->h, &e->memory);
	pager_start(e->h, &e->memory);
	/* Its end wakes who waits for the program (set_tid_address(2)). */
	syscall(SYS_set_tid_address, &e->h->done);
	inside_serve(e->h, &e->memory);
}

static void lay_filter(struct executor *e)
{
	struct cell_page *page = &e->h->arm;

	page->mode = e->bpf.mode == FILTER_NONE	    ? CELL_NONE
		     : e->bpf.mode == FILTER_STRICT ? CELL_STRICT
						    : CELL_FILTER;
	page->flags = e->bpf.flags | SECCOMP_FILTER_FLAG_TSYNC;
	page->ninsns = (uint32_t)e->bpf.ninsns;
	memcpy(page->insns, e->bpf.insns,
		e->bpf.ninsns * sizeof(*e->bpf.insns));
}

static bool is_dead(pid_t pid)
{
	siginfo_t info = { 0 };

	return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) ||
	       info.si_pid;
}

/* Waits, for at most MS, until the program is handed back. */
static bool wait_back(struct executor *e, uint64_t ms)
{
	struct handover *h = e->h;
	uint64_t end = clock_ns(CLOCK_MONOTONIC) + ms * 1000000;

	for (int turn = 0;;) {
		uint32_t seen = __atomic_load_n(&h->done, __ATOMIC_SEQ_CST);

		asks_answer(h, e->pid);
		if (__atomic_load_n(&h->back, __ATOMIC_SEQ_CST) == h->go)
			return true;
		if (settle_await(h, &e->files, e->pid, &turn, seen) &&
			seen != DONE_DEAD)
			continue;
		if (settle_lost(h, &e->files, e->pid))
			handover_call(h);
		if (is_dead(e->pid) || clock_ns(CLOCK_MONOTONIC) > end)
			return false;
	}
}

static void end(pid_t *pid, int *status)
{
	if (*pid <= 0)
		return;
	kill(*pid, SIGKILL);
	while (waitpid(*pid, status, 0) < 0 && errno == EINTR)
		;
	*pid = 0;
}

/* What one that died in the middle of a program has left. */
static void clean_shared(struct executor *e)
{
	char bytes[4096];

	memset(e->memory.at[MEMORY_SHARED], 0, MEMORY_PAGE);
	memset(e->memory.at[MEMORY_FILE], 0, MEMORY_PAGE);
	while (read(e->memory.pipe[0], bytes, sizeof(bytes)) > 0)
		;
}

static void look_for_extras(struct executor *e, struct result *r)
{
	int fds = look_count(e->pid, "fd");
	int threads = look_count(e->pid, "task");

	if (fds > e->fds && e->fds >= 0)
		r->extra_fds = fds - e->fds;
	if (threads > e->threads && e->threads >= 0)
		r->extra_threads = threads - e->threads;
}

static int start(struct executor *e)
{
	struct handover *h = e->h;
	int status, err;

	h->go = h->ready = h->back = h->spent = 0;
	h->done = DONE_DEAD + 1;
	memset(h->pages, 0, sizeof(h->pages));
	memset(h->ranks, 0, sizeof(h->ranks));
	h->stops = h->stopped = h->look = 0;
	memset(&h->sight, 0, sizeof(h->sight));
	look_close(&e->files);
	h->owner = OWNER_WORKER;
	memset(h->start, 0, sizeof(h->start));
	clean_shared(e);
	e->us = getpid();
	e->pid = fork();
	if (e->pid < 0)
		return -errno;
	if (e->pid == 0)
		run_child(e, false);
	while (!h->ready && !is_dead(e->pid))
		sys_futex(&h->ready, FUTEX_WAIT, 0,
			&(struct sys_timespec){ 0, 50000000 }, NULL, 0);
	if (!h->ready) {
		end(&e->pid, &status);
		return -EIO;
	}
	err = 1 - (int)h->ready;
	if (err)
		end(&e->pid, &status);
	e->fds = look_count(e->pid, "fd");
	e->threads = look_count(e->pid, "task");
	return err;
}

static int start_canary(struct executor *e)
{
	e->us = getpid();
	e->canary = fork();
	if (e->canary < 0)
		return -errno;
	if (e->canary == 0)
		run_child(e, true);
	while (__atomic_load_n(&e->h->canary_ready, __ATOMIC_SEQ_CST) < 4) {
		if (is_dead(e->canary))
			return -EIO;
		usleep(100);
	}
	return 0;
}

static int set_up(struct executor *e)
{
	int err = planted_choose();

	err = err ? err : memory_make(&e->memory);
	if (err)
		return err;
	e->h = mmap(NULL, sizeof(*e->h), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (e->h == MAP_FAILED)
		return -errno;
	e->h->ticks_per_us = handover_ticks_per_us();
	lay_filter(e);
	cover_open(e->h->cover, POOL);
	err = start_canary(e);
	return err ? err : start(e);
}

struct executor *executor_open(const struct filter *bpf, bool spread)
{
	struct executor *e = calloc(1, sizeof(*e));
	int err;

	if (!e)
		return NULL;
	e->bpf = *bpf;
	e->spread = spread;
	err = set_up(e);
	if (!err)
		return e;
	executor_close(e);
	errno = -err;
	return NULL;
}

static uint64_t timeouts_ms(const struct program *p)
{
	uint64_t us = 0;

	for (int i = 0; i < p->nsteps; i++)
		if (p->steps[i].kind == STEP_FUTEX &&
			program_times_out(p->steps[i].op) &&
			p->steps[i].fourth > 0)
			us += (uint64_t)p->steps[i].fourth;
	return us / 1000;
}

/* What a freezer does to it shows in its time alone; a job's stop that is over
 * is told once. */
static bool has_stood(
	const struct executor *e, const struct program *p, uint64_t ns)
{
	siginfo_t info = { 0 };

	return ns / 1000000 > STOOD_MS + timeouts_ms(p) ||
	       (!waitid(P_PID, (id_t)e->pid, &info, WCONTINUED | WNOHANG) &&
		       info.si_pid);
}

/* A step waits for the pager, who may be given no time. */
static bool is_paged(const struct handover *h)
{
	for (int t = 0; t < PROGRAM_THREADS; t++)
		if (__atomic_load_n(&h->pages[t], __ATOMIC_SEQ_CST))
			return true;
	return false;
}

/* The leader looked often enough since it had made SEEN looks, or has nothing
 * to do, and the threads sleep. */
static bool is_proof(const struct executor *e, uint32_t seen, bool back)
{
	uint32_t looks = __atomic_load_n(&e->h->looks, __ATOMIC_SEQ_CST);

	return (!back || looks - seen >= LEADER_LOOKS) &&
	       look_asleep(e->pid, e->h->result.tids, !back);
}

/* The processor time that it has used. */
static uint64_t used_ns(const struct executor *e)
{
	clockid_t clock;

	return clock_getcpuclockid(e->pid, &clock) ? 0 : clock_ns(clock);
}

/*
 * Until it is handed back, dead or asleep for good: PROOFS times in a row the
 * leader woke whom it could, and all slept on. One that takes long may have had
 * no processor, or a machine that stood still: then somebody is runnable or
 * moves, and it is given more time, until it has used much of the processor's.
 * True when it was handed back.
 */
static bool wait_for(struct executor *e, const struct program *p)
{
	struct handover *h = e->h;
	uint64_t used = 0;
	int proofs = 0;

	for (unsigned i = 0;; i++) {
		uint32_t seen = __atomic_load_n(&h->looks, __ATOMIC_SEQ_CST);
		bool back = wait_back(e, PATIENCE_MS + timeouts_ms(p));

		if (back && (!h->result.stuck || h->result.lost))
			return true;
		if (!i)
			used = used_ns(e);
		if (is_dead(e->pid) || used_ns(e) - used > CPU_MAX_NS)
			return back;
		/* Nobody is left to hand it back. */
		if (!back && look_headless(e->pid) >= 0)
			return false;
		proofs = !(is_paged(h) && i < PAGER_ROUNDS) &&
					 is_proof(e, seen, back)
				 ? proofs + 1
				 : 0;
		if (proofs == PROOFS)
			return back;
		if (!proofs)
			usleep(1000u << (i < 7 ? i : 7));
		if (back)
			handover_again(h);
	}
}

/* One that was killed from outside tells nothing more. 1: there is a new one.
 */
static int replace_canary(struct executor *e)
{
	int status, err;

	if (!is_dead(e->canary))
		return 0;
	end(&e->canary, &status);
	e->h->canary_ready = 0;
	err = start_canary(e);
	return err ? err : 1;
}

int executor_run(
	struct executor *e, const struct program *p, struct result *result)
{
	struct handover *h = e->h;
	int err, ignored, headless;
	uint64_t begun;
	bool back;

	if (e->hash != p->hash)
		end(&e->pid, &ignored);
	e->hash = p->hash;
	err = e->pid > 0 ? 0 : start(e);
	if (err)
		return err;
	begun = clock_ns(CLOCK_MONOTONIC);
	handover_give(e->h, p);
	back = wait_for(e, p);
	*result = h->result;
	result->stood = has_stood(e, p, clock_ns(CLOCK_MONOTONIC) - begun);
	if (!handover_canary(h, &result->woken))
		err = replace_canary(e);
	if (err < 0)
		return err;
	if (back && !result->stuck) {
		asks_take_back(p, result);
		if (++e->runs % LOOK_EVERY == 0)
			look_for_extras(e, result);
		if (h->spent)
			end(&e->pid, &ignored);
		/* Nobody was there to see whom it woke. */
		return err ? executor_run(e, p, result) : 0;
	}
	headless = look_headless(e->pid);
	if (!is_dead(e->pid) && !result->lost)
		look_at_stuck(e->pid, result);
	end(&e->pid, &result->status);
	/* Killed by us: what is told is that it was stuck, or that the filter
	 * had killed the leader alone. */
	if (WIFSIGNALED(result->status) &&
		WTERMSIG(result->status) == SIGKILL) {
		result->stuck = !result->lost && headless < 0;
		result->status = headless < 0 || result->lost ? 0 : headless;
	}
	return 0;
}

int executor_pid(const struct executor *e)
{
	return e->pid;
}

void executor_close(struct executor *e)
{
	int status;

	if (!e)
		return;
	end(&e->pid, &status);
	end(&e->canary, &status);
	look_close(&e->files);
	memory_free(&e->memory);
	if (e->h && e->h != MAP_FAILED) {
		cover_close(e->h->cover, POOL);
		munmap(e->h, sizeof(*e->h));
	}
	free(e);
}
