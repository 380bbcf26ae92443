/* SPDX-License-Identifier: MIT */
/* ends.c: what the ends of processes tell. */
#include "explain/ends.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "explain/tasks.h"
#include "sys/clock.h"

#define GRACE	 1000000 /* for processes that outlive the command */
#define LEFT_MAX 1000	 /* such processes; more are not counted */

static bool died_of_filter(int status)
{
	return WIFSIGNALED(status) &&
	       (WTERMSIG(status) == SIGSYS || WTERMSIG(status) == SIGKILL);
}

/* A process that died of the filter died with the last thread it killed. */
static void note_death(struct pass *pass, pid_t pid, int status)
{
	const struct pass_task *task = pass_find(pass, pid);

	if (!task || task->process->pid != pid || !died_of_filter(status))
		return;
	for (int i = pass->seen->nlost; i-- > 0;)
		if (i < EXPLAIN_LOST &&
			pass->seen->lost[i].process == task->process->no) {
			pass->seen->lost[i].whole = true;
			return;
		}
}

/* It is told already among those that the filter killed: a trap does not. */
static bool is_lost(const struct explain_seen *seen, int process, int status)
{
	if (!died_of_filter(status))
		return false;
	for (int i = 0; i < seen->nlost && i < EXPLAIN_LOST; i++)
		if (seen->lost[i].process == process)
			return true;
	return seen->nlost > EXPLAIN_LOST;
}

/* NULL: there is no room for it. */
static struct explain_failed *kind_of(
	struct explain_seen *seen, const char *comm, int status)
{
	for (int i = 0; i < seen->nfailed; i++)
		if (seen->failed[i].status == status &&
			!strcmp(seen->failed[i].comm, comm))
			return &seen->failed[i];
	return seen->nfailed < EXPLAIN_LOST ? &seen->failed[seen->nfailed++]
					    : NULL;
}

static void note_failed(struct pass *pass, pid_t pid, int status)
{
	const struct pass_task *task = pass_find(pass, pid);
	struct explain_seen *seen = pass->seen;
	struct explain_failed *f;

	if (!task || task->process->pid != pid || pid == pass->pid || !status ||
		pass->killed || is_lost(seen, task->process->no, status))
		return;
	f = kind_of(seen, task->process->comm, status);
	if (!f) {
		seen->unkept++;
		return;
	}
	if (f->n++ == 0) {
		f->process = task->process->no;
		f->status = status;
		memcpy(f->comm, task->process->comm, sizeof(f->comm));
	}
}

void pass_note_end(struct pass *pass, pid_t pid, int status)
{
	note_death(pass, pid, status);
	note_failed(pass, pid, status);
}

/*
 * A process that died of the filter died at the last refusal; all before it
 * cost a thread. It is the wait status that tells.
 */
void pass_settle(struct pass *pass)
{
	struct explain_seen *seen = pass->seen;
	uint64_t last = 0;

	if (!seen->ended || !died_of_filter(seen->status))
		return;
	for (int i = 0; i < seen->places.n; i++)
		if (seen->places.list[i]->last_us > last)
			last = seen->places.list[i]->last_us;
	for (int i = 0; i < seen->places.n; i++)
		if (seen->places.list[i]->last_us == last)
			seen->places.list[i]->killed_thread = false;
	if (seen->nlost > 0)
		seen->nlost--;
}

void pass_end_left(struct pass *pass)
{
	pid_t pids[LEFT_MAX];
	int n;

	if (!pass->ended || pass->killed || clock_us() - pass->ended < GRACE)
		return;
	n = pass_pids(pass, pids, LEFT_MAX);
	pass->seen->left_behind = n < 0 ? LEFT_MAX : n;
	pass_kill_all(pass);
}
