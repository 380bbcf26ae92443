/* SPDX-License-Identifier: MIT */
/*
 * stack.c: call stacks of a stopped thread, by libdw.
 *
 * What libdw knows of a set of mappings (struct image) is kept for the next
 * program that has the same ones, and what an address of a file is called is
 * kept for all programs (symbols.c). The tracee's memory and files are
 * untrusted: every loop is bounded.
 */
#include "stack.h"

#include <elfutils/libdwfl.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "symbols.h"

#define IMAGES	 8
#define MAPS_MAX 65536
#define SNAPSHOT 8192 /* bytes of stack that are read at once */
#define SCAN	 512  /* words looked at where there is no unwind table */

/* The walk that is under way: what libdw's callbacks answer from. */
struct walk {
	pid_t tid;
	const struct user_regs_struct *regs;
	bool is_32;
	uint64_t base; /* of the snapshot */
	size_t have;
	unsigned char bytes[SNAPSHOT];
	struct symbols *symbols;
	struct frame *frames;
	int n, max;
};

struct image {
	Dwfl *dwfl;
	uint64_t key;  /* hash of the executable mappings */
	uint64_t used; /* when, for the choice of the one to drop */
	struct walk *walk;
};

struct stack_cache {
	struct image images[IMAGES];
	struct symbols *symbols;
	uint64_t clock;
	struct walk walk;
	char maps[MAPS_MAX];
};

static const Dwfl_Callbacks callbacks = {
	.find_elf = dwfl_linux_proc_find_elf,
	.find_debuginfo = dwfl_standard_find_debuginfo,
};

static bool read_memory(struct walk *w, uint64_t addr, void *to, size_t size)
{
	struct iovec local = { to, size }, remote = { (void *)addr, size };

	if (addr >= w->base && addr - w->base + size <= w->have) {
		memcpy(to, w->bytes + (addr - w->base), size);
		return true;
	}
	return process_vm_readv(w->tid, &local, 1, &remote, 1, 0) ==
	       (ssize_t)size;
}

static void take_snapshot(struct walk *w)
{
	struct iovec local = { w->bytes, SNAPSHOT }, remote;
	ssize_t n;

	w->base = w->regs->rsp;
	remote = (struct iovec){ (void *)w->base, SNAPSHOT };
	n = process_vm_readv(w->tid, &local, 1, &remote, 1, 0);
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
	struct walk *w = ((struct image *)arg)->walk;

	(void)dwfl;
	*result = 0;
	return read_memory(w, addr, result, w->is_32 ? 4 : 8);
}

/* DWARF register numbers: System V ABI, AMD64 figure 3.36, and i386. */
static bool set_registers(Dwfl_Thread *thread, void *arg)
{
	const struct walk *w = ((struct image *)arg)->walk;
	const struct user_regs_struct *r = w->regs;
	const Dwarf_Word amd64[] = { r->rax, r->rdx, r->rcx, r->rbx, r->rsi,
		r->rdi, r->rbp, r->rsp, r->r8, r->r9, r->r10, r->r11, r->r12,
		r->r13, r->r14, r->r15, r->rip };
	const Dwarf_Word i386[] = { r->rax, r->rcx, r->rdx, r->rbx, r->rsp,
		r->rbp, r->rsi, r->rdi, r->rip };

	return w->is_32 ? dwfl_thread_state_registers(thread, 0, 9, i386)
			: dwfl_thread_state_registers(thread, 0, 17, amd64);
}

static const Dwfl_Thread_Callbacks thread_callbacks = {
	.next_thread = next_thread,
	.get_thread = get_thread,
	.memory_read = memory_read,
	.set_initial_registers = set_registers,
};

static void name_frame(struct image *image, uint64_t pc, bool exact)
{
	struct walk *w = image->walk;
	struct frame *f = &w->frames[w->n++];

	memset(f, 0, sizeof(*f));
	f->ip = pc;
	/* A return address may belong to the next function already. */
	symbols_name(w->symbols, image->dwfl, exact ? pc : pc - 1, f);
}

static int on_frame(Dwfl_Frame *state, void *arg)
{
	struct image *image = arg;
	struct walk *w = image->walk;
	Dwarf_Addr pc;
	bool exact;

	if (!dwfl_frame_pc(state, &pc, &exact) || !pc)
		return DWARF_CB_ABORT;
	name_frame(image, pc, exact || w->n == 0);
	return w->n == w->max ? DWARF_CB_ABORT : DWARF_CB_OK;
}

static bool is_code(struct image *image, uint64_t addr)
{
	return addr && dwfl_addrmodule(image->dwfl, addr) != NULL;
}

/* call rel32, call *reg, call *mem: the forms that compilers make. */
static bool behind_call(struct walk *w, uint64_t addr)
{
	unsigned char b[7];

	if (!read_memory(w, addr - 7, b, sizeof(b)))
		return false;
	return b[2] == 0xe8 || (b[5] == 0xff && (b[6] & 0x38) == 0x10) ||
	       (b[4] == 0xff && (b[5] & 0x38) == 0x10) ||
	       (b[1] == 0xff && (b[2] & 0x38) == 0x10) ||
	       (b[0] == 0xff && (b[1] & 0x38) == 0x10);
}

static bool has_table(struct image *image, uint64_t pc)
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

/*
 * Code without unwind tables (musl, hand-written assembly): each word near the
 * top of the stack that points behind a call instruction is taken for a frame.
 */
static void scan(struct image *image)
{
	struct walk *w = image->walk;
	size_t size = w->is_32 ? 4 : 8;

	for (size_t i = 0; i < SCAN && w->n < w->max; i++) {
		uint64_t word = 0;

		if (!read_memory(w, w->regs->rsp + i * size, &word, size))
			break;
		if (is_code(image, word) && behind_call(w, word))
			name_frame(image, word, false);
	}
}

/* FNV-1a over the lines of executable mappings. */
static uint64_t hash_maps(const char *maps)
{
	uint64_t h = 14695981039346656037u;
	const char *line, *end;

	for (line = maps; (end = strchr(line, '\n')); line = end + 1) {
		const char *perms = memchr(line, ' ', (size_t)(end - line));

		if (!perms || end - perms < 4 || perms[3] != 'x')
			continue;
		for (; line < end; line++)
			h = (h ^ (unsigned char)*line) * 1099511628211u;
	}
	return h;
}

static bool read_maps(struct stack_cache *c, pid_t pid)
{
	char path[32];
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	f = fopen(path, "re");
	if (!f)
		return false;
	n = fread(c->maps, 1, sizeof(c->maps) - 1, f);
	c->maps[n] = '\0';
	fclose(f);
	return n > 0;
}

static bool open_image(struct image *image, pid_t pid, struct walk *walk)
{
	image->walk = walk;
	image->dwfl = dwfl_begin(&callbacks);
	if (!image->dwfl)
		return false;
	dwfl_report_begin(image->dwfl);
	if (dwfl_linux_proc_report(image->dwfl, pid) ||
		dwfl_report_end(image->dwfl, NULL, NULL) ||
		!dwfl_attach_state(
			image->dwfl, NULL, pid, &thread_callbacks, image)) {
		dwfl_end(image->dwfl);
		image->dwfl = NULL;
		return false;
	}
	return true;
}

/* The image of process PID: a kept one, or a new one in the oldest place. */
static struct image *find_image(struct stack_cache *c, pid_t pid)
{
	struct image *oldest = &c->images[0];
	uint64_t key;

	if (!read_maps(c, pid))
		return NULL;
	key = hash_maps(c->maps);
	for (int i = 0; i < IMAGES; i++) {
		struct image *image = &c->images[i];

		if (image->dwfl && image->key == key) {
			image->used = ++c->clock;
			return image;
		}
		if (image->used < oldest->used)
			oldest = image;
	}
	if (oldest->dwfl)
		dwfl_end(oldest->dwfl);
	*oldest = (struct image){ .key = key, .used = ++c->clock };
	return open_image(oldest, pid, &c->walk) ? oldest : NULL;
}

struct stack_cache *stack_open(void)
{
	struct stack_cache *c = calloc(1, sizeof(*c));

	if (c)
		c->symbols = symbols_open();
	if (c && !c->symbols) {
		free(c);
		c = NULL;
	}
	return c;
}

void stack_close(struct stack_cache *c)
{
	for (int i = 0; i < IMAGES; i++)
		if (c->images[i].dwfl)
			dwfl_end(c->images[i].dwfl);
	symbols_close(c->symbols);
	free(c);
}

int stack_walk(struct stack_cache *c, pid_t pid, pid_t tid,
	const struct user_regs_struct *regs, bool is_32, struct frame *frames,
	int max)
{
	struct walk *w = &c->walk;
	/* By thread: a zombie leader has no memory to show. */
	struct image *image = find_image(c, tid);

	(void)pid;
	*w = (struct walk){ .tid = tid,
		.regs = regs,
		.is_32 = is_32,
		.symbols = c->symbols,
		.frames = frames,
		.max = max };
	if (!image) {
		frames[0] = (struct frame){ .ip = regs->rip };
		return 1;
	}
	take_snapshot(w);
	dwfl_getthread_frames(image->dwfl, tid, on_frame, image);
	if (w->n == 0)
		name_frame(image, regs->rip, true);
	/* Without tables libdw guesses by the frame pointer, and guesses wrong
	 * where that is an ordinary register. */
	if (w->n <= 2 || !has_table(image, regs->rip)) {
		w->n = 1;
		scan(image);
	}
	return w->n;
}

/* The mapping that holds ADDR, by its line in the maps; *START: its begin. */
static bool find_mapping(const char *maps, uint64_t addr, uint64_t *start,
	char *text, size_t size)
{
	const char *line, *end;

	for (line = maps; (end = strchr(line, '\n')); line = end + 1) {
		unsigned long from, to;
		const char *name;

		if (sscanf(line, "%lx-%lx", &from, &to) != 2 || addr < from ||
			addr >= to)
			continue;
		name = memchr(line, '/', (size_t)(end - line));
		if (!name)
			name = memchr(line, '[', (size_t)(end - line));
		snprintf(text, size, "%.*s", name ? (int)(end - name) : 11,
			name ? name : "[anonymous]");
		*start = from;
		return true;
	}
	return false;
}

void stack_describe(struct stack_cache *c, pid_t pid, uint64_t addr, char *text,
	size_t size)
{
	struct image *image = find_image(c, pid);
	const char *name = NULL;
	Dwfl_Module *module;
	GElf_Off offset = 0;
	uint64_t start;
	GElf_Sym sym;
	char map[256];

	text[0] = '\0';
	if (!image || !find_mapping(c->maps, addr, &start, map, sizeof(map)))
		return;
	module = dwfl_addrmodule(image->dwfl, addr);
	/* What a module has no bytes for in its file follows it, unnamed. */
	if (!module && map[0] == '[')
		module = dwfl_addrmodule(image->dwfl, start - 1);
	if (module)
		name = dwfl_module_addrinfo(
			module, addr, &offset, &sym, NULL, NULL, NULL);
	if (name && map[0] == '[')
		snprintf(map, sizeof(map), "%s",
			dwfl_module_info(module, NULL, NULL, NULL, NULL, NULL,
				NULL, NULL));
	if (name && (!sym.st_size || offset < sym.st_size))
		snprintf(text, size, "%s+0x%llx (%s)", name,
			(unsigned long long)offset, symbols_base(map));
	else
		snprintf(text, size, "%s", symbols_base(map));
}
