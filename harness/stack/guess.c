/* SPDX-License-Identifier: MIT */
/*
 * guess.c: out of a frame that has no table of call frame information.
 *
 * A word of the stack is taken for the return address only if it points behind
 * a call, and if the table that it leads to finds such a word too: stacks are
 * full of what earlier calls left behind. Rather none than a false one.
 */
#include <string.h>

#include "stack/guess.h"
#include "sys/code.h"

#define NEAR	 128  /* words in which any return address is believed */
#define SCAN	 1024 /* ... in which one whose call is the right one is */
#define SAVED	 6    /* registers that a function may save */
#define FP_REACH (1UL << 20)

static bool is_code(struct image *image, uint64_t addr)
{
	return addr && dwfl_addrmodule(image->dwfl, addr) != NULL;
}

/* What a stub of the procedure linkage table at ADDR jumps to, or ADDR. */
static uint64_t through_plt(const struct walk *w, uint64_t addr)
{
	unsigned char b[CODE_STUB];
	uint64_t slot, word;

	if (w->is_32 || !stack_read(w, addr, b, sizeof(b)))
		return addr;
	slot = code_stub_slot(b, addr);
	return slot && stack_read_word(w, slot, &word) ? word : addr;
}

/* Is it a call of FUNCTION, by name and not through a pointer, that RET is
 * behind of? */
static bool calls(const struct walk *w, uint64_t ret, uint64_t function)
{
	unsigned char b[CODE_DIRECT];
	uint64_t target;

	if (!stack_read(w, ret - sizeof(b), b, sizeof(b)))
		return false;
	target = code_call_target(b, ret, w->is_32);
	return target &&
	       (target == function || through_plt(w, target) == function);
}

/* Where the function that holds PC begins; 0: not known. */
static uint64_t function_start(struct image *image, uint64_t pc)
{
	Dwfl_Module *module = dwfl_addrmodule(image->dwfl, pc);
	GElf_Off offset;
	GElf_Sym sym;

	if (!module ||
		!symbols_find(image->walk->symbols, module, pc, &offset, &sym))
		return 0;
	return sym.st_size && offset >= sym.st_size ? 0 : pc - offset;
}

/* vfork keeps the address in a register, where its child cannot spoil it. */
static enum stack_end try_registers(struct image *image, uint64_t function)
{
	struct walk *w = image->walk;
	uint64_t sp = w->regs[SP(w)], bp = w->regs[BP(w)];

	for (int i = 0; i < PC(w); i++)
		if (is_code(image, w->regs[i]) &&
			calls(w, w->regs[i], function))
			return stack_return(image, w->regs[i], sp, bp);
	return STACK_REFUSED;
}

/* By the chain of frame pointers, if that is what the register holds. */
static enum stack_end try_frame_pointer(struct image *image)
{
	struct walk *w = image->walk;
	uint64_t sp = w->regs[SP(w)], bp = w->regs[BP(w)], outer, ret;
	size_t size = w->is_32 ? 4 : 8;

	if (bp < sp || bp - sp > FP_REACH || bp % size ||
		!stack_read_word(w, bp, &outer) || (outer && outer <= bp) ||
		!stack_read_word(w, bp + size, &ret))
		return STACK_REFUSED;
	return stack_return(image, ret, bp + 2 * size, outer);
}

/*
 * RET was found below AT. Its function's frame pointer is in the register
 * still, or among what the function that was called saved.
 */
static enum stack_end try_pointers(
	struct image *image, uint64_t ret, uint64_t at)
{
	struct walk *w = image->walk;
	size_t size = w->is_32 ? 4 : 8;
	uint64_t sp = w->regs[SP(w)], bp;
	enum stack_end end = stack_return(image, ret, at, w->regs[BP(w)]);

	for (size_t i = 2; i < 2 + SAVED && end == STACK_REFUSED; i++)
		if (at - sp >= i * size &&
			stack_read_word(w, at - i * size, &bp) && bp >= at &&
			bp - at < FP_REACH && bp % size == 0)
			end = stack_return(image, ret, at, bp);
	return end;
}

/* The first word of WORDS that will do; with a FUNCTION, only what calls it. */
static enum stack_end try_words(
	struct image *image, size_t words, uint64_t function)
{
	struct walk *w = image->walk;
	uint64_t at = w->regs[SP(w)], word;
	enum stack_end end = STACK_REFUSED;

	while (words-- && end == STACK_REFUSED &&
		stack_read_word(w, at, &word)) {
		at += w->is_32 ? 4 : 8;
		if (is_code(image, word) &&
			(!function || calls(w, word, function)))
			end = try_pointers(image, word, at);
		else
			continue;
		if (function && end == STACK_REFUSED)
			end = stack_last(image, word);
	}
	return end;
}

/* The frame that a signal interrupted, with all its registers: the kernel left
 * them where the restorer's stack pointer is. */
static enum stack_end try_signal(struct image *image)
{
	struct walk *w = image->walk;
	uint64_t pc = w->regs[PC(w)], saved[REGS_SAVED];

	if (!stack_is_restorer(w, pc) &&
		!stack_is_restorer(w, pc - CODE_RESTORER))
		return STACK_REFUSED;
	if (!stack_read(
		    w, w->regs[SP(w)] + regs_saved_at(), saved, sizeof(saved)))
		return STACK_REFUSED;
	regs_saved_to_dwarf(saved, w->regs);
	return stack_exact(image);
}

static enum stack_end guess(struct image *image)
{
	struct walk *w = image->walk;
	uint64_t pc = w->regs[PC(w)] - 1;
	uint64_t function = function_start(image, pc);
	enum stack_end end;

	if (!strcmp(w->frames[w->n - 1].function, "_start"))
		return STACK_WHOLE;
	end = try_signal(image);
	if (w->n == 1 && end == STACK_REFUSED && function)
		end = try_registers(image, function);
	/* Who calls the system has often pushed nothing. */
	if (w->n == 1 && end == STACK_REFUSED)
		end = try_words(image, 1, 0);
	if (end == STACK_REFUSED && function)
		end = try_words(image, SCAN, function);
	if (end == STACK_REFUSED)
		end = try_frame_pointer(image);
	/* Compiled at run time: there is more than return addresses there. */
	if (end == STACK_REFUSED && is_code(image, pc))
		end = try_words(image, NEAR, 0);
	return end;
}

/* The last frame, if Java's virtual machine made its code, is what it runs, and
 * who called it is known. */
static enum stack_end try_java(struct image *image)
{
	struct walk *w = image->walk;
	struct java_regs r = { w->regs[PC(w)], w->regs[SP(w)], w->regs[BP(w)] };
	static struct java_blob blob;
	int last = w->n - 1;

	if (!image->java.looked && !w->is_32)
		image->java = java_find(image->dwfl, w->tid);
	if (w->is_32 || !image->java.is ||
		!java_blob(&image->java, w->tid, r.pc, &blob))
		return STACK_REFUSED;
	w->n = last + java_name(&image->java, w->tid, &blob, &r, !last,
			      &w->frames[last], w->max - last);
	/* Of its own code it is enough that its callers are found. */
	if (blob.kind == JAVA_STUB && last)
		w->n = last;
	if (w->n == w->max || !java_sender(w->tid, &blob, &r))
		return STACK_WHOLE;
	if (java_blob(&image->java, w->tid, r.pc, &blob))
		return stack_known(image, r.pc, r.sp, r.fp);
	return stack_return(image, r.pc, r.sp, r.fp);
}

void stack_frames(struct image *image, const struct regs *regs)
{
	struct walk *w = image->walk;
	enum stack_end end = stack_begin(image, regs);

	while (end == STACK_GAP) {
		end = try_java(image);
		if (end != STACK_REFUSED)
			continue;
		if (w->n == w->max)
			return;
		end = guess(image);
	}
}
