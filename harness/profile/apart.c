/* SPDX-License-Identifier: MIT */
/*
 * apart.c: libseccomp in a process of its own, with a limit: of some rules with
 * inequalities it makes a tree that has a circle, and seccomp_rule_add(3) does
 * not return, or runs out of its stack.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "profile/rules.h"

struct result {
	int ret;
	struct profile_error err;
	struct filter out;
};

/* One call's rules share a tree; equal values alone make none that is wrong.
 * socketcall and ipc are one call each, whatever the rules name. */
static bool is_safe(const struct profile *p)
{
	size_t n = 0;
	bool unequal = false;

	for (size_t i = 0; i < p->nrules; i++) {
		const struct profile_rule *rule = &p->rules[i];

		n += rule->nargs > 0;
		for (unsigned k = 0; k < rule->nargs; k++)
			unequal =
				unequal ||
				(rule->args[k].op != SCMP_CMP_EQ &&
					rule->args[k].op != SCMP_CMP_MASKED_EQ);
	}
	return n < 2 || !unequal;
}

/* Of the processor's time: thousands of rules take seconds. */
static void limit(const struct profile *p)
{
	const size_t ms = 250 + 5 * p->nrules;
	const struct itimerval it = { .it_value = {
					      .tv_sec = (time_t)(ms / 1000),
					      .tv_usec =
						      (suseconds_t)(ms % 1000 *
								    1000),
				      } };
	const struct rlimit none = { 0, 0 };
	sigset_t all;

	setrlimit(RLIMIT_CORE, &none);
	signal(SIGVTALRM, SIG_DFL);
	signal(SIGSEGV, SIG_DFL);
	sigfillset(&all);
	sigprocmask(SIG_UNBLOCK, &all, NULL);
	if (setitimer(ITIMER_VIRTUAL, &it, NULL))
		_exit(1);
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : 1;
}

int profile_build_apart(const struct profile *p, uint32_t arch,
	struct filter *out, struct profile_error *err)
{
	struct result *r;
	pid_t pid;
	int ret;

	if (is_safe(p))
		return profile_build_plain(p, arch, false, out, err);
	r = mmap(NULL, sizeof(*r), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid = r == MAP_FAILED ? -1 : fork();
	if (!pid) {
		limit(p);
		r->ret = profile_build_plain(p, arch, false, &r->out, &r->err);
		_exit(0);
	}
	ret = pid < 0 ? -errno : wait_for(pid);
	if (!ret) {
		*out = r->out;
		*err = r->err;
		ret = r->ret;
	} else if (ret < 0) {
		err->system = true;
		ret = profile_refuse(p, (struct profile_place){ 0 }, NULL,
			"no process to build it in", err);
	}
	if (r != MAP_FAILED)
		munmap(r, sizeof(*r));
	return ret;
}
