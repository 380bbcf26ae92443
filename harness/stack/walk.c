/* SPDX-License-Identifier: MIT */
/*
 * walk.c: from frame to frame.
 *
 * By the tables of call frame information as far as they go. A frame without
 * one (musl, stripped Go, and the system calls of glibc's clone and clone3) is
 * left by a guess (stack/guess.c), and the tables go on from there.
 */
#include <stdlib.h>
#include <string.h>

#include "stack/walk.h"
#include "sys/code.h"
#include "sys/mem.h"

bool stack_read(const struct walk *w, uint64_t addr, void *to, size_t size)
{
	if (addr >= w->base && addr - w->base + size <= w->have) {
		memcpy(to, w->bytes + (addr - w->base), size);
		return true;
	}
	return mem_read_all(w->tid, addr, to, size);
}

bool stack_read_word(const struct walk *w, uint64_t addr, uint64_t *word)
{
	*word = 0;
	return stack_read(w, addr, word, w->is_32 ? 4 : 8);
}

static void take_snapshot(struct walk *w)
{
	ssize_t n;

	w->base = w->regs[SP(w)];
	n = mem_read(w->tid, w->base, w->bytes, STACK_SNAPSHOT);
	w->have = n > 0 ? (size_t)n : 0;
}

/* libdw's view: one process, one thread, whichever is walked just now. */

static pid_t next_thread(Dwfl *dwfl, void *arg, void **thread_arg)
{
	struct image *image = arg;

	(void)dwfl;
	if (*thread_arg)
		return 0;
	*thread_arg = image;
	return image->walk->tid;
}

static bool get_thread(Dwfl *dwfl, pid_t tid, void *arg, void **thread_arg)
{
	(void)dwfl;
	(void)tid;
	*thread_arg = arg;
	return true;
}

static bool memory_read(
	Dwfl *dwfl, Dwarf_Addr addr, Dwarf_Word *result, void *arg)
{
	(void)dwfl;
	return stack_read_word(((struct image *)arg)->walk, addr, result);
}

static bool set_registers(Dwfl_Thread *thread, void *arg)
{
	const struct walk *w = ((struct image *)arg)->walk;

	return dwfl_thread_state_registers(
		thread, 0, (unsigned)PC(w) + 1, w->regs);
}

const Dwfl_Thread_Callbacks stack_thread_callbacks = {
	.next_thread = next_thread,
	.get_thread = get_thread,
	.memory_read = memory_read,
	.set_initial_registers = set_registers,
};

/* The frame at PC, named by the code at AT. */
static void name_frame(
	struct image *image, uint64_t pc, uint64_t at, uint64_t sp)
{
	struct walk *w = image->walk;
	struct frame *f = &w->frames[w->n++];

	memset(f, 0, sizeof(*f));
	f->ip = pc;
	f->sp = sp;
	symbols_name(w->symbols, image->dwfl, at, f);
}

static bool behind_call(const struct walk *w, uint64_t addr)
{
	unsigned char b[CODE_CALL];

	return addr >= sizeof(b) &&
	       stack_read(w, addr - sizeof(b), b, sizeof(b)) &&
	       code_ends_with_call(b);
}

static bool behind_syscall(const struct walk *w, uint64_t addr)
{
	unsigned char b[CODE_SYSCALL];

	return addr >= sizeof(b) &&
	       stack_read(w, addr - sizeof(b), b, sizeof(b)) &&
	       code_is_syscall(b);
}

bool stack_is_restorer(const struct walk *w, uint64_t pc)
{
	unsigned char b[CODE_RESTORER];

	return !w->is_32 && stack_read(w, pc, b, sizeof(b)) &&
	       code_is_restorer(b);
}

bool stack_has_table(struct image *image, uint64_t pc)
{
	Dwfl_Module *module = dwfl_addrmodule(image->dwfl, pc);
	Dwarf_Addr bias = 0;
	Dwarf_Frame *frame = NULL;
	Dwarf_CFI *cfi = module ? dwfl_module_eh_cfi(module, &bias) : NULL;

	if (!cfi || dwarf_cfi_addrframe(cfi, pc - bias, &frame)) {
		cfi = module ? dwfl_module_dwarf_cfi(module, &bias) : NULL;
		if (!cfi || dwarf_cfi_addrframe(cfi, pc - bias, &frame))
			return false;
	}
	free(frame);
	return true;
}

/* Without a table libdw would guess by the frame pointer, and guess wrong where
 * that is an ordinary register: it is stopped there. */
static int on_frame(Dwfl_Frame *state, void *arg)
{
	struct image *image = arg;
	struct walk *w = image->walk;
	Dwarf_Addr pc, at;
	Dwarf_Word sp;
	bool exact, table;

	if (!w->told) {
		w->told = true;
		return DWARF_CB_OK;
	}
	if (!dwfl_frame_pc(state, &pc, &exact))
		return DWARF_CB_ABORT;
	exact = exact || stack_is_restorer(w, pc);
	/* A return address may belong to the next function already. */
	at = exact ? pc : pc - 1;
	table = stack_has_table(image, at);
	if (!pc || ((w->guessed || !table) && !exact && !behind_call(w, pc))) {
		w->end = w->guessed ? STACK_REFUSED : STACK_WHOLE;
		return DWARF_CB_ABORT;
	}
	w->guessed = false;
	if (dwfl_frame_reg(state, (unsigned)SP(w), &sp))
		sp = 0;
	name_frame(image, pc, at, sp);
	if (table)
		return w->n < w->max ? DWARF_CB_OK : DWARF_CB_ABORT;
	for (int i = 0; i < PC(w); i++)
		if (dwfl_frame_reg(state, (unsigned)i, &w->regs[i]))
			w->regs[i] = 0;
	w->regs[PC(w)] = pc;
	w->end = STACK_GAP;
	return DWARF_CB_ABORT;
}

/* Goes on by tables, from the frame whose registers are set and that has one;
 * its program counter is in the call, not behind it. */
static enum stack_end unwind(struct image *image)
{
	struct walk *w = image->walk;
	int before = w->n;
	bool bad;

	w->end = STACK_WHOLE;
	w->told = false;
	bad = dwfl_getthread_frames(image->dwfl, w->tid, on_frame, image) < 0;
	/* 0 for a return address: the end, or a false frame pointer. */
	if (w->n == before && w->guessed)
		return STACK_REFUSED;
	return w->n == before && bad ? STACK_GAP : w->end;
}

enum stack_end stack_exact(struct image *image)
{
	struct walk *w = image->walk;
	uint64_t *pc = &w->regs[PC(w)];
	/* What is behind the instruction may be another function's. */
	bool call = behind_syscall(w, *pc);

	name_frame(image, *pc, call ? *pc - CODE_SYSCALL : *pc, w->regs[SP(w)]);
	if (w->n == w->max)
		return STACK_WHOLE;
	if (call && stack_has_table(image, *pc - CODE_SYSCALL))
		*pc -= CODE_SYSCALL;
	return stack_has_table(image, *pc) ? unwind(image) : STACK_GAP;
}

enum stack_end stack_return(
	struct image *image, uint64_t ret, uint64_t sp, uint64_t bp)
{
	struct walk *w = image->walk;
	uint64_t kept[REGS_DWARF];
	enum stack_end end = STACK_GAP;

	if (!behind_call(w, ret))
		return STACK_REFUSED;
	memcpy(kept, w->regs, sizeof(kept));
	w->regs[SP(w)] = sp;
	w->regs[BP(w)] = bp;
	w->regs[PC(w)] = ret;
	name_frame(image, ret, ret - 1, sp);
	if (w->n < w->max && stack_has_table(image, ret - 1)) {
		w->regs[PC(w)] = ret - 1;
		w->guessed = true;
		end = unwind(image);
		w->guessed = false;
	}
	if (end == STACK_REFUSED) {
		memcpy(w->regs, kept, sizeof(kept));
		w->n--;
	}
	return end;
}

enum stack_end stack_known(
	struct image *image, uint64_t pc, uint64_t sp, uint64_t bp)
{
	struct walk *w = image->walk;

	w->regs[SP(w)] = sp;
	w->regs[BP(w)] = bp;
	w->regs[PC(w)] = pc;
	name_frame(image, pc, pc - 1, sp);
	return STACK_GAP;
}

enum stack_end stack_last(struct image *image, uint64_t ret)
{
	name_frame(image, ret, ret - 1, 0);
	return STACK_WHOLE;
}

enum stack_end stack_begin(struct image *image, const struct regs *regs)
{
	regs_to_dwarf(regs, image->walk->regs);
	take_snapshot(image->walk);
	return stack_exact(image);
}
