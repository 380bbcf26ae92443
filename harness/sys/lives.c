/* SPDX-License-Identifier: MIT */
/* lives.c: the ends of threads, by PTRACE_EVENT_EXIT, ptrace(2). */
#include "sys/lives.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/clock.h"
#include "sys/loads.h"
#include "sys/stop.h"

#define STOP_US 1000000
#define NAP_US	500

struct watched {
	lives_fn *tell;
	void *context;
	size_t n, size;
	struct {
		pid_t tid;
		bool told;
	} * list;
};

static size_t find(const struct watched *w, pid_t tid)
{
	size_t i = 0;

	while (i < w->n && w->list[i].tid != tid)
		i++;
	return i;
}

/* The place of TID, which is new or known; w->n without memory. */
static size_t know(struct watched *w, pid_t tid)
{
	size_t i = find(w, tid);

	if (i == w->size) {
		const size_t size = w->size ? 2 * w->size : 64;
		void *more = realloc(w->list, size * sizeof(*w->list));

		if (!more)
			return i;
		w->list = more;
		w->size = size;
	}
	if (i == w->n) {
		w->list[w->n].tid = tid;
		w->list[w->n++].told = false;
	}
	return i;
}

static void on_stop(struct watched *w, pid_t tid, int status)
{
	const int event = status >> 16, sig = WSTOPSIG(status);
	const size_t i = know(w, tid);

	if (event == PTRACE_EVENT_EXIT) {
		w->tell(w->context, tid, LIFE_ENDS);
		if (i < w->n)
			w->list[i].told = true;
	}
	if (event == PTRACE_EVENT_STOP && sig != SIGTRAP)
		ptrace(PTRACE_LISTEN, tid, 0, 0);
	else
		ptrace(PTRACE_CONT, tid, 0, event ? 0 : sig);
}

static void on_end(struct watched *w, pid_t tid)
{
	const size_t i = find(w, tid);

	if (i == w->n || !w->list[i].told)
		w->tell(w->context, tid, LIFE_LOST);
	if (i < w->n)
		w->list[i] = w->list[--w->n];
}

/* True: something came. */
static bool on_news(struct watched *w)
{
	int status;
	const pid_t tid = waitpid(-1, &status, __WALL | WNOHANG);

	if (tid <= 0)
		return false;
	if (WIFSTOPPED(status))
		on_stop(w, tid, status);
	else
		on_end(w, tid);
	return true;
}

static bool is_empty(void)
{
	siginfo_t info;

	return waitid(P_ALL, 0, &info,
		       WEXITED | WSTOPPED | WNOHANG | WNOWAIT | __WALL) &&
	       errno == ECHILD;
}

/* Who lives is told, and dies; who is made meanwhile dies with the caller. */
static void finish(struct watched *w)
{
	int status;

	for (size_t i = 0; i < w->n; i++) {
		const pid_t tid = w->list[i].tid;

		if (w->list[i].told)
			continue;
		w->list[i].told = true;
		w->tell(w->context, tid,
			!stop_thread(tid, STOP_US, &status) ? LIFE_LOST
			: WIFSTOPPED(status)		    ? LIFE_LASTS
							    : LIFE_LOST);
	}
	for (size_t i = 0; i < w->n; i++)
		kill(w->list[i].tid, SIGKILL);
}

int lives_watch(char **argv, unsigned seconds, lives_fn *tell, void *context)
{
	const uint64_t until = clock_us() + (uint64_t)seconds * 1000000;
	struct watched w = { .tell = tell, .context = context };
	int failed = -1;
	const pid_t pid = loads_start(argv, PTRACE_O_TRACEEXIT, &failed);

	if (pid < 0)
		return pid;
	know(&w, pid);
	while (clock_us() < until && !is_empty())
		if (!on_news(&w))
			usleep(NAP_US);
	finish(&w);
	free(w.list);
	return loads_started(failed);
}
