/* SPDX-License-Identifier: MIT */
/* plain.c: the plain way to run a futex program under a filter. */
#include "bench/plain.h"

#include <linux/futex.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct program *program;
static const struct memory_map *map;
static int armed, ready;

static void *word_at(int i)
{
	int kind = program->words[i].memory;

	return map->at[kind] +
	       (size_t)program_place(program, i) * memory_stride(kind);
}

static void do_steps(int thread)
{
	for (int i = 0; i < program->nsteps; i++) {
		const struct step *s = &program->steps[i];

		if (s->thread == thread && s->kind == STEP_FUTEX)
			syscall(SYS_futex, word_at(s->word), s->op, s->val,
				(long)s->fourth, word_at(s->word2), s->val3);
	}
}

static void *work(void *arg)
{
	__atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
	syscall(SYS_futex, &ready, FUTEX_WAKE_PRIVATE, 1);
	while (!__atomic_load_n(&armed, __ATOMIC_SEQ_CST))
		syscall(SYS_futex, &armed, FUTEX_WAIT_PRIVATE, 0, NULL);
	do_steps((int)(long)arg);
	syscall(SYS_exit, 0);
	return NULL;
}

int plain_load(const struct filter *bpf)
{
	struct sock_fprog prog = { (unsigned short)bpf->ninsns,
		(struct sock_filter *)bpf->insns };

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
		SECCOMP_FILTER_FLAG_TSYNC, &prog);
}

void plain_run(const struct program *p, const struct memory_map *memory,
	const struct filter *bpf)
{
	pthread_t thread;
	int last = 0;

	program = p;
	map = memory;
	for (int i = 0; i < p->nsteps; i++)
		last = p->steps[i].thread > last ? p->steps[i].thread : last;
	for (long i = 1; i <= last; i++)
		if (pthread_create(&thread, NULL, work, (void *)i))
			_exit(111);
	/* Before that they make calls of libc's. */
	for (int n; (n = __atomic_load_n(&ready, __ATOMIC_SEQ_CST)) < last;)
		syscall(SYS_futex, &ready, FUTEX_WAIT_PRIVATE, n, NULL);
	if (plain_load(bpf))
		_exit(111);
	__atomic_store_n(&armed, 1, __ATOMIC_SEQ_CST);
	syscall(SYS_futex, &armed, FUTEX_WAKE_PRIVATE, last);
	do_steps(0);
	for (;;)
		syscall(SYS_exit, 0);
}
