/* SPDX-License-Identifier: MIT */
/*
 * answers.c: what the kernel answered that no filter of ours did. Each call
 * stops, which takes time: it is for a run of which nobody knows why it failed.
 */
#include "explain/answers.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>

#include "explain/places.h"
#include "explain/tasks.h"
#include "sys/calls.h"
#include "sys/clock.h"
#include "sys/proc.h"
#include "sys/regs.h"
#include "sys/text.h"
#include "sys/tracing.h"

/* The label that a security module (AppArmor, SELinux, Smack) gave it. */
static void note_label(struct explain_fence *f, pid_t tid)
{
	char label[64];

	if (proc_read(label, sizeof(label), "%d/attr/current", tid) <= 0)
		return;
	label[strcspn(label, "\n")] = '\0';
	if (strcmp(label, "unconfined") != 0)
		text_show(label, f->label, sizeof(f->label));
}

static bool is_elsewhere(pid_t tid, const char *kind)
{
	struct stat ours, theirs;
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/ns/%s", kind);
	if (stat(path, &ours))
		return false;
	snprintf(path, sizeof(path), "/proc/%d/ns/%s", tid, kind);
	return !stat(path, &theirs) && theirs.st_ino != ours.st_ino;
}

/* What stands around the first who got such an answer. */
static void note_fence(struct explain_fence *f, pid_t tid)
{
	if (f->known)
		return;
	f->known = true;
	note_label(f, tid);
	f->userns = is_elsewhere(tid, "user");
	f->mntns = is_elsewhere(tid, "mnt");
	f->overrides = proc_has_capability(tid, CAP_DAC_OVERRIDE);
	f->admin = proc_has_capability(tid, CAP_SYS_ADMIN);
	f->no_new_privs = proc_status(tid, "NoNewPrivs") > 0;
}

/* As strace(1) has it. */
static void note_answer(struct explain_place *place, int err)
{
	char *text = place->texts[0];
	size_t n = strlen(text);

	snprintf(text + n, sizeof(place->texts[0]) - n, " = %s",
		strerrorname_np(err));
}

void answers_note(struct pass *pass, const struct pass_task *task)
{
	struct explain_refusal r = {
		.tid = task->tid,
		.process = task->process->no,
		.thread = task->no,
		.image = task->process->image,
		.us = clock_us() - pass->start,
	};
	struct __ptrace_syscall_info info = { 0 };
	struct regs regs;
	long result;
	struct explain_place *place;
	bool fenced;

	if (tracing(PTRACE_GET_SYSCALL_INFO, task->tid, sizeof(info), &info) <=
			0 ||
		info.op != PTRACE_SYSCALL_INFO_EXIT ||
		regs_get(task->tid, &regs))
		return;
	result = (long)info.exit.rval;
	r.nr = regs_call_nr(&regs);
	fenced = result == -EACCES || result == -EPERM;
	/* What was not made we answered ourselves. */
	if (r.nr < 0 || (!fenced && result))
		return;
	r.arch = info.arch;
	if (!fenced &&
		r.nr != calls_number(info.arch, "landlock_restrict_self"))
		return;
	r.ip = info.instruction_pointer;
	r.sp = info.stack_pointer;
	r.regs = &regs;
	regs_args(&regs, r.arch, r.args);
	r.verdict = fenced ? SECCOMP_RET_ERRNO | (uint32_t)-result
			   : SECCOMP_RET_ALLOW;
	place = explain_places_add(
		fenced ? &pass->seen->answered : &pass->seen->logged,
		pass->plan->stacks, &r);
	if (fenced && place && place->count == 1)
		note_answer(place, (int)-result);
	if (fenced)
		note_fence(&pass->seen->fence, task->tid);
}
