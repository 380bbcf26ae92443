/* SPDX-License-Identifier: MIT */
/* inside_pager.c: takes pages away, and makes them be copied. */
#include "executor/inside_pager.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include "sys/sys.h"

static struct pager {
	struct handover *h;
	const struct memory_map *memory;
	int parent;
	bool narrowed; /* a child gets no more than it needs */
} pager;

static char stack[16384] __attribute__((aligned(16)));

/* It is of the program, or the child runs in it. */
static bool is_needed(
	const struct pager *p, unsigned long from, unsigned long to)
{
	unsigned long code = (unsigned long)is_needed;
	bool is = code - from < to - from ||
		  (unsigned long)stack - from < to - from;

	for (int i = 0; i < MEMORY_KINDS; i++)
		is |= (unsigned long)p->memory->at[i] - from < to - from;
	return is;
}

/* The mappings are the fields from-to of lines, in hex (proc(5),
 * /proc/pid/maps). */
static void narrow_line(const struct pager *p, char c)
{
	static unsigned long ends[2];
	static int field;

	if (c == '\n') {
		ends[0] = ends[1] = 0;
		field = 0;
	} else if (field < 2 && (c == '-' || c == ' ')) {
		if (++field == 2 && !is_needed(p, ends[0], ends[1]))
			sys(__NR_madvise, ends[0], ends[1] - ends[0],
				MADV_DONTFORK);
	} else if (field < 2) {
		ends[field] =
			ends[field] * 16 +
			(unsigned long)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
}

/* To copy all mappings is most of what a fork takes. */
static void narrow(struct pager *p)
{
	static char text[4096];
	long fd, n;

	if (p->narrowed)
		return;
	p->narrowed = true;
	fd = sys(__NR_openat, AT_FDCWD, "/proc/self/maps", O_RDONLY);
	while (fd >= 0 && (n = sys(__NR_read, fd, text, sizeof(text))) > 0)
		for (long i = 0; i < n; i++)
			narrow_line(p, text[i]);
	sys(__NR_close, fd);
}

/* A private page is gone with what it held, which is 0; one that is only read
 * is the zero page from then on; of one that is shared, the entry in the page
 * table alone is gone. */
static void drop(const struct pager *p, const struct step *s)
{
	const struct program *program = &p->h->program;
	int kind = program->words[s->word].memory;
	char *word =
		p->memory->at[kind] +
		(size_t)program_place(program, s->word) * memory_stride(kind);

	sys(__NR_madvise, word - (size_t)word % MEMORY_PAGE, MEMORY_PAGE,
		MADV_DONTNEED);
}

/* All the program's private pages become ones to be copied at the next write,
 * and stay so after the child's end. */
static void copy(struct pager *p)
{
	long child;

	narrow(p);
	child = sys(__NR_clone, SIGCHLD, 0, 0, 0, 0);

	if (!child)
		sys(__NR_exit_group, 0);
	if (child > 0)
		sys(__NR_wait4, child, 0, 0, 0);
}

static void serve(struct pager *p)
{
	const struct step *steps = p->h->program.steps;

	for (int t = 0; t < PROGRAM_THREADS; t++) {
		uint32_t *asked = &p->h->pages[t];
		uint32_t step = __atomic_load_n(asked, __ATOMIC_SEQ_CST);

		if (!step)
			continue;
		if (steps[step - 1].kind == STEP_FORK)
			copy(p);
		else
			drop(p, &steps[step - 1]);
		__atomic_store_n(asked, 0, __ATOMIC_SEQ_CST);
		sys_futex(asked, FUTEX_WAKE, 1, NULL, NULL, 0);
	}
}

/* No libc: it has the thread's data of who started it. */
static int run(void *arg)
{
	struct pager *p = arg;
	uint32_t seen;

	sys(__NR_prctl, PR_SET_PDEATHSIG, SIGKILL);
	while (sys(__NR_getppid) == p->parent) {
		seen = __atomic_load_n(&p->h->page_asks, __ATOMIC_SEQ_CST);
		serve(p);
		sys_futex(
			&p->h->page_asks, FUTEX_WAIT, (int)seen, NULL, NULL, 0);
	}
	return 0;
}

void pager_start(struct handover *h, const struct memory_map *memory)
{
	int pid;

	pager = (struct pager){ h, memory, (int)sys(__NR_getpid), false };
	pid = clone(run, stack + sizeof(stack), CLONE_VM | SIGCHLD, &pager);
	h->pager = pid > 0 ? (uint32_t)pid : 0;
}

void pager_ask(struct handover *h, long i)
{
	uint32_t step = (uint32_t)i + 1;
	uint32_t *mine = &h->pages[h->program.steps[i].thread];

	if (!h->pager)
		return;
	__atomic_store_n(mine, step, __ATOMIC_SEQ_CST);
	__atomic_add_fetch(&h->page_asks, 1, __ATOMIC_SEQ_CST);
	/* The pager of an executor that was ended may still be dying there. */
	sys_futex(&h->page_asks, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
	while (__atomic_load_n(mine, __ATOMIC_SEQ_CST))
		sys_futex(mine, FUTEX_WAIT, (int)step, NULL, NULL, 0);
}
