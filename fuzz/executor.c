/* SPDX-License-Identifier: MIT */
/* executor.c: the outer side: makes executors, hands programs over. */
#include "executor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inside.h"
#include "sys.h"

#define PAGE	 4096
#define PATIENCE 2000 /* ms that a program may take */

struct executor {
	struct handover *h;
	struct profile_bpf bpf;
	pid_t pid;
};

static char *map(int prot, int flags, int fd)
{
	char *at = mmap(NULL, PAGE, prot, flags, fd, 0);

	return at == MAP_FAILED ? NULL : at;
}

static int page_file(const char *name)
{
	int fd = memfd_create(name, MFD_CLOEXEC);

	if (fd >= 0 && ftruncate(fd, PAGE)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static int make_memory(struct inside_memory *m)
{
	const int rw = PROT_READ | PROT_WRITE, anon = MAP_ANONYMOUS;
	int shared = page_file("shared"), file = page_file("file");
	char *hole = map(rw, MAP_PRIVATE | anon, -1);

	if (shared < 0 || file < 0 || !hole || pipe2(m->pipe, O_NONBLOCK))
		return -errno;
	m->at[MEMORY_PRIVATE] = map(rw, MAP_PRIVATE | anon, -1);
	m->at[MEMORY_SHARED] = map(rw, MAP_SHARED, shared);
	m->at[MEMORY_ALIAS] = map(rw, MAP_SHARED, shared);
	m->at[MEMORY_FILE] = map(rw, MAP_SHARED, file);
	m->at[MEMORY_FILE_COPY] = map(rw, MAP_PRIVATE, file);
	m->at[MEMORY_READ_ONLY] = map(PROT_READ, MAP_PRIVATE | anon, -1);
	m->at[MEMORY_NONE] = map(PROT_NONE, MAP_PRIVATE | anon, -1);
	m->at[MEMORY_UNALIGNED] = map(rw, MAP_PRIVATE | anon, -1);
	for (int i = 0; i < MEMORY_UNMAPPED; i++)
		if (!m->at[i])
			return -ENOMEM;
	if (!m->at[MEMORY_UNALIGNED])
		return -ENOMEM;
	m->at[MEMORY_UNALIGNED] += 1;
	munmap(hole, PAGE);
	m->at[MEMORY_UNMAPPED] = hole;
	m->at[MEMORY_KERNEL] = (char *)0xffff888000000000;
	return 0;
}

/* The child of a process that may have threads: it execs nothing, and so
 * calls only what is safe after fork. */
__attribute__((noreturn)) static void run_child(struct executor *e)
{
	struct inside_memory memory;
	const struct rlimit none = { 0, 0 };
	int err;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setrlimit(RLIMIT_CORE, &none);
	err = make_memory(&memory);
	if (err) {
		e->h->ready = (uint32_t)(1 - err);
		sys_futex(&e->h->ready, FUTEX_WAKE, 1, NULL, NULL, 0);
		_exit(1);
	}
	inside_serve(e->h, &memory);
}

static void lay_filter(struct executor *e)
{
	struct cell_page *page = &e->h->arm;

	page->mode = e->bpf.mode == PROFILE_NONE     ? CELL_NONE
		     : e->bpf.mode == PROFILE_STRICT ? CELL_STRICT
						     : CELL_FILTER;
	page->flags = e->bpf.flags | SECCOMP_FILTER_FLAG_TSYNC;
	page->ninsns = (uint32_t)e->bpf.ninsns;
	memcpy(page->insns, e->bpf.insns,
		e->bpf.ninsns * sizeof(*e->bpf.insns));
}

/* Waits, for at most PATIENCE, until *WORD is no longer VAL. */
static bool wait_change(struct executor *e, uint32_t *word, uint32_t val)
{
	const struct sys_timespec slice = { 0, 50000000 };

	for (int ms = 0; ms < PATIENCE; ms += 50) {
		siginfo_t info = { 0 };

		if (__atomic_load_n(word, __ATOMIC_SEQ_CST) != val)
			return true;
		sys_futex(word, FUTEX_WAIT, val, &slice, NULL, 0);
		if (__atomic_load_n(word, __ATOMIC_SEQ_CST) != val)
			return true;
		if (waitid(P_PID, (id_t)e->pid, &info,
			    WEXITED | WNOHANG | WNOWAIT) ||
			info.si_pid)
			return false;
	}
	return false;
}

static void end(struct executor *e, int *status)
{
	if (e->pid <= 0)
		return;
	kill(e->pid, SIGKILL);
	while (waitpid(e->pid, status, 0) < 0 && errno == EINTR)
		;
	e->pid = 0;
}

static int start(struct executor *e)
{
	int status, err;

	e->h->go = e->h->done = e->h->ready = 0;
	lay_filter(e);
	e->pid = fork();
	if (e->pid < 0)
		return -errno;
	if (e->pid == 0)
		run_child(e);
	if (!wait_change(e, &e->h->ready, 0)) {
		end(e, &status);
		return -EIO;
	}
	err = 1 - (int)e->h->ready;
	if (err)
		end(e, &status);
	return err;
}

struct executor *executor_open(const struct profile_bpf *bpf)
{
	struct executor *e = calloc(1, sizeof(*e));
	int err;

	if (!e)
		return NULL;
	e->bpf = *bpf;
	e->h = mmap(NULL, sizeof(*e->h), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	err = e->h == MAP_FAILED ? -errno : start(e);
	if (!err)
		return e;
	if (e->h != MAP_FAILED)
		munmap(e->h, sizeof(*e->h));
	free(e);
	errno = -err;
	return NULL;
}

int executor_run(
	struct executor *e, const struct program *p, struct result *result)
{
	struct handover *h = e->h;
	uint32_t before = h->done;
	int err = e->pid > 0 ? 0 : start(e);

	if (err)
		return err;
	before = h->done;
	h->program = *p;
	memset(&h->result, 0, sizeof(h->result));
	__atomic_add_fetch(&h->go, 1, __ATOMIC_SEQ_CST);
	sys_futex(&h->go, FUTEX_WAKE, 1, NULL, NULL, 0);
	if (wait_change(e, &h->done, before) && !h->result.stuck) {
		*result = h->result;
		return 0;
	}
	*result = h->result;
	end(e, &result->status);
	/* Killed by us: what is told is that it was stuck. */
	if (WIFSIGNALED(result->status) &&
		WTERMSIG(result->status) == SIGKILL) {
		result->stuck = true;
		result->status = 0;
	}
	return 0;
}

void executor_close(struct executor *e)
{
	int status;

	if (!e)
		return;
	end(e, &status);
	munmap(e->h, sizeof(*e->h));
	free(e);
}
