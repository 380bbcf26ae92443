/* SPDX-License-Identifier: MIT */
/*
 * probe_main.c: what turns a probe into a program. It calls no libc, so that
 * one source serves every flavour and leaves libc as cold as it was at main.
 */
#include "probe/arm.h"
#include "probe/cell.h"
#include "probe/group.h"
#include "probe/probe.h"

#include <linux/futex.h>

static struct cell_page *page;

int probe_declare(const char *name) __attribute__((weak));

static void set_stage(uint32_t stage)
{
	__atomic_store_n(&page->stage, stage, __ATOMIC_SEQ_CST);
}

__attribute__((noreturn)) static void give_up(uint32_t stage, int err)
{
	page->result = err;
	set_stage(stage);
	sys(__NR_exit_group, 2);
	sys_exit(2);
}

/* Tells the hang proof whether a timer may still wake somebody. */
static void note_itimer(void)
{
	long value[4] = { 0 };

	sys(__NR_getitimer, 0, value);
	page->itimer = value[2] || value[3];
}

int probe_arm(void)
{
	return arm_page(page);
}

int probe_listener(void)
{
	return arm_listener();
}

bool probe_unfiltered(void)
{
	return page->mode == CELL_NONE;
}

int probe_wrong(int line)
{
	page->line = line;
	return EBADE;
}

void probe_value(long value)
{
	uint32_t i = __atomic_fetch_add(&page->nvalues, 1, __ATOMIC_SEQ_CST);

	if (i < 16)
		page->values[i] = value;
}

__attribute__((noreturn)) static void probe_cell(const struct probe *p)
{
	int err;

	set_stage(CELL_STARTED);
	err = p->setup ? p->setup() : 0;
	if (err)
		give_up(CELL_SETUP_FAILED, err);
	set_stage(CELL_SET_UP);
	note_itimer();
	err = probe_arm();
	if (err)
		give_up(CELL_ARM_FAILED, err);
	set_stage(CELL_ARMED);
	page->result = p->run();
	set_stage(CELL_DONE);
	sys_exit(0);
}

/* The common start: 2 without a runner, 2 for a wrong one. */
static int probe_start(void)
{
	static const char alone[] =
		"this is a probe of quartet; `quartet show` runs it\n";
	long addr = sys_mmap(sizeof(*page), 3, 1, CELL_FD, 0);

	if (sys_failed(addr)) {
		sys(__NR_write, 2, alone, sizeof(alone) - 1);
		return 2;
	}
	page = (struct cell_page *)addr;
	if (page->magic != CELL_MAGIC)
		return 2;
	sys(__NR_close, CELL_FD);
	probe_cell(probe_mine());
}

#include <string.h>

#ifdef QUARTET_RAW

/* gcc calls these four even in freestanding code. */
void *memset(void *to, int c, size_t n)
{
	unsigned char *p = to;

	while (n--)
		*(volatile unsigned char *)p++ = (unsigned char)c;
	return to;
}

void *memcpy(void *to, const void *from, size_t n)
{
	unsigned char *p = to;
	const unsigned char *q = from;

	while (n--)
		*(volatile unsigned char *)p++ = *q++;
	return to;
}

void *memmove(void *to, const void *from, size_t n)
{
	unsigned char *p = to;
	const unsigned char *q = from;

	if (p <= q)
		return memcpy(to, from, n);
	while (n--)
		((volatile unsigned char *)p)[n] = q[n];
	return to;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const volatile unsigned char *p = a;
	const volatile unsigned char *q = b;

	for (; n--; p++, q++)
		if (*p != *q)
			return *p - *q;
	return 0;
}

__attribute__((used, noreturn)) static void raw_main(void)
{
	int status = probe_start();

	sys(__NR_exit_group, status);
	sys_exit(status);
}

/* The kernel enters with an aligned stack and no return address. */
#ifdef __x86_64__
__asm__(".globl _start\n_start:\n\txor %ebp, %ebp\n\tcall raw_main\n\thlt\n");
#else
__asm__(".globl _start\n_start:\n\txor %ebp, %ebp\n\tsub $12, %esp\n"
	"\tcall raw_main\n\thlt\n");
#endif

#else

/* As a program of its own, for other tools to filter and to watch: it ends as
 * programs do, by libc. 0 when the thing was done. */
static int probe_alone(void)
{
	static struct cell_page unfiltered = { .mode = CELL_NONE };
	const struct probe *p = probe_mine();
	int err;

	page = &unfiltered;
	err = p->setup ? p->setup() : 0;
	return err ? 2 : p->run() != 0;
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "alone"))
		return probe_alone();
	if (argc == 2 && probe_declare)
		return probe_declare(argv[1]);
	return probe_start();
}

#endif
