/* SPDX-License-Identifier: MIT */
/* sandbox.c: the oracles that look at the whole run. */
#include "oracle/oracle.h"
#include "sys/text.h"

#include "program/facts.h"

#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/wait.h>

bool oracle_broken(struct finding *f, const char *oracle, int step,
	const char *format, ...)
{
	va_list args;

	f->oracle = oracle;
	f->step = step;
	f->loose = false;
	va_start(args, format);
	vsnprintf(f->text, sizeof(f->text), format, args);
	va_end(args);
	return true;
}

/* The step that the thread did not return from; -1 without one. */
static int step_inside(const struct seen *s, int thread)
{
	for (int i = 0; i < s->p->nsteps; i++)
		if (s->p->steps[i].thread == thread &&
			s->r->state[i] == STEP_NOT_RUN)
			return i;
	return -1;
}

/* The thread began a step that it did not end. */
static bool began(const struct seen *s, int thread)
{
	int i = step_inside(s, thread);

	return i >= 0 && s->r->begin[i] && !s->r->end[i];
}

/* restart_syscall(2): after a stop the kernel itself goes on with a timed wait
 * by a call that the program never made. The stop may come from outside. */
static const char *restarts(const struct seen *s, int i)
{
	const struct step *step = &s->p->steps[i < 0 ? 0 : i];
	bool futex = step->kind == STEP_FUTEX && program_times_out(step->op);

	if (facts_stops(s->p))
		return "; after a stop the kernel goes on with a timed wait by "
		       "restart_syscall(2)";
	if (i < 0 || (futex && step->fourth >= 0))
		return "; if it was stopped from outside, the kernel went on "
		       "with a timed wait by restart_syscall(2)";
	return "";
}

bool oracle_sandbox(const struct seen *s, struct finding *f)
{
	int thread = s->r->lost - 1, i = step_inside(s, thread);
	const char *why = restarts(s, i);

	for (int k = 0; k < s->p->nsteps; k++)
		if (!s->allowed[k])
			return false;
	if (s->r->lost)
		return oracle_broken(f, "sandbox", i,
			"the filter killed t%d in a call that it allows%s",
			thread, why);
	if (WIFSIGNALED(s->r->status) && WTERMSIG(s->r->status) == SIGKILL)
		return oracle_broken(f, "sandbox", -1,
			"SIGKILL ended the process, which no filter sends: it "
			"came from outside, or from a kernel without memory");
	if (WIFSIGNALED(s->r->status))
		return oracle_broken(f, "sandbox", -1,
			"SIG%s ended the process, whose calls are all "
			"allowed%s",
			sigabbrev_np(WTERMSIG(s->r->status)), why);
	return false;
}

/* It sleeps until it is moved, at a word that nobody can change to make it
 * look again: only a move ends that, and where to is its own choice. */
static bool is_fixed(const struct seen *s, int thread)
{
	int i = step_inside(s, thread);
	const struct step *step = &s->p->steps[i < 0 ? 0 : i];

	return i >= 0 && step->kind == STEP_FUTEX &&
	       facts_cmd(step) == FUTEX_WAIT_REQUEUE_PI &&
	       s->p->words[step->word].memory == MEMORY_READ_ONLY;
}

bool oracle_liveness(const struct seen *s, struct finding *f)
{
	char text[sizeof(f->text)];
	struct text out = text_in(text, sizeof(text));

	if (!s->r->stuck)
		return false;
	for (int t = 0; t < PROGRAM_THREADS; t++)
		if (began(s, t) && is_fixed(s, t))
			return false;
	for (int t = 0; t < PROGRAM_THREADS; t++) {
		const struct stuck_thread *at = &s->r->stuck_threads[t];

		if (at->state && began(s, t))
			text_put(&out, "; t%d: %c, %s", t, at->state,
				at->at[0] ? at->at : "not readable");
	}
	return oracle_broken(f, "liveness", -1,
		"a thread did not come back, though every waiter was woken and "
		"every lock left%s",
		text);
}

bool oracle_isolation(const struct seen *s, struct finding *f)
{
	if (s->r->woken)
		return oracle_broken(f, "isolation", -1,
			"%u waits of another process, on words of its own, "
			"were woken (futex(2): a private futex is the "
			"process's own)",
			s->r->woken);
	if (s->r->extra_fds || s->r->extra_threads)
		return oracle_broken(f, "isolation", -1,
			"%d descriptors and %d threads appeared that no call "
			"made",
			s->r->extra_fds, s->r->extra_threads);
	return false;
}
