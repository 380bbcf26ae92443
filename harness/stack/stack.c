/* SPDX-License-Identifier: MIT */
/*
 * stack.c: call stacks of a stopped thread, by libdw: what is mapped where.
 *
 * What libdw knows of a set of mappings (struct image) is kept for the next
 * program that has the same ones: while it is kept its files are open, and so
 * no other file can get their inodes. What an address of a file is called is
 * kept for all programs (symbols.c). The tracee's memory and files are
 * untrusted: every loop is bounded. The walk itself is in stack/walk.c.
 */
#include "stack/stack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stack/guess.h"
#include "stack/jit.h"
#include "stack/object.h"
#include "stack/script.h"
#include "sys/hash.h"
#include "sys/maps.h"
#include "sys/text.h"

#define IMAGES 8

struct stack_cache {
	struct image images[IMAGES];
	struct symbols *symbols;
	struct jit *jit;
	struct image *last; /* of the newest walk; NULL: it had none */
	uint64_t clock;
	struct walk walk;
};

/* Tells sets of executable mappings apart. 0: there are none. */
static uint64_t hash_maps(pid_t pid)
{
	uint64_t h = HASH64;
	struct maps maps;
	struct map map;
	bool any = false;

	if (maps_open(&maps, pid))
		return 0;
	while (maps_next(&maps, &map) > 0) {
		any = true;
		if (map.perms[2] != 'x')
			continue;
		h = hash64(h, &map.start, sizeof(map.start));
		h = hash64(h, &map.end, sizeof(map.end));
		h = hash64(h, &map.offset, sizeof(map.offset));
		h = hash64(h, &map.dev, sizeof(map.dev));
		h = hash64(h, &map.inode, sizeof(map.inode));
		h = hash64(h, map.path, strlen(map.path));
	}
	maps_close(&maps);
	return any ? h : 0;
}

static void close_image(struct image *image)
{
	if (image->dwfl)
		object_close(image->dwfl, image->objects);
	*image = (struct image){ 0 };
}

static bool open_image(struct image *image, pid_t pid, struct walk *walk)
{
	image->walk = walk;
	image->dwfl = object_report(&walk->tid, &image->objects);
	if (image->dwfl && dwfl_attach_state(image->dwfl, NULL, pid,
				   &stack_thread_callbacks, image))
		return true;
	close_image(image);
	return false;
}

/* The image of process PID: a kept one, or a new one in the oldest place. */
static struct image *find_image(struct stack_cache *c, pid_t pid)
{
	struct image *oldest = &c->images[0];
	uint64_t key;

	c->walk.tid = pid;
	key = hash_maps(pid);
	if (!key)
		return NULL;
	for (int i = 0; i < IMAGES; i++) {
		struct image *image = &c->images[i];

		if (image->dwfl && image->key == key) {
			image->used = ++c->clock;
			return image;
		}
		if (image->used < oldest->used)
			oldest = image;
	}
	close_image(oldest);
	*oldest = (struct image){ .key = key, .used = ++c->clock };
	return open_image(oldest, pid, &c->walk) ? oldest : NULL;
}

struct stack_cache *stack_open(void)
{
	struct stack_cache *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	c->symbols = symbols_open();
	c->jit = jit_open();
	if (c->symbols && c->jit)
		return c;
	stack_close(c);
	return NULL;
}

void stack_close(struct stack_cache *c)
{
	for (int i = 0; i < IMAGES; i++)
		close_image(&c->images[i]);
	symbols_close(c->symbols);
	jit_close(c->jit);
	free(c);
}

int stack_walk_native(struct stack_cache *c, pid_t tid, const struct regs *regs,
	struct frame *frames, int max)
{
	struct walk *w = &c->walk;
	/* By thread: a zombie leader has no memory to show. */
	struct image *image = find_image(c, tid);

	c->last = image;
	if (!image) {
		frames[0] = (struct frame){ .ip = regs_ip(regs) };
		return 1;
	}
	*w = (struct walk){ .tid = tid,
		.is_32 = regs_is_32(regs),
		.symbols = c->symbols,
		.frames = frames,
		.max = max };
	stack_frames(image, regs);
	return w->n;
}

int stack_add_scripts(struct stack_cache *c, pid_t tid, uint64_t tcb,
	struct frame *frames, int n, int max)
{
	if (!c->last)
		return n;
	jit_name(c->jit, tid, frames, n);
	return script_add(c->last, tid, tcb, frames, n, max);
}

int stack_walk(struct stack_cache *c, pid_t pid, pid_t tid,
	const struct regs *regs, struct frame *frames, int max)
{
	int n = stack_walk_native(c, tid, regs, frames, max);

	(void)pid;
	return stack_add_scripts(
		c, tid, regs_thread_pointer(regs), frames, n, max);
}

struct python stack_python(const struct stack_cache *c)
{
	return c->last ? c->last->python : (struct python){ 0 };
}

static void put_symbol(const char *name, uint64_t offset, const char *file,
	char *text, size_t size)
{
	struct text t = text_in(text, size);
	char shown[NAME_ROOM / 2];

	name_show(name, shown, sizeof(shown));
	text_put(&t, "%s+0x%llx (", shown, (unsigned long long)offset);
	text_put_shown(&t, file);
	text_put(&t, ")");
	text_mark_cut(&t);
}

/* MODULE: NULL when it lies in none. */
static void put_place(Dwfl_Module *module, uint64_t addr, const char *file,
	char *text, size_t size)
{
	struct text t = text_in(text, size);
	Dwarf_Addr start, bias;

	text_put_shown(&t, file);
	if (!module)
		return;
	dwfl_module_info(module, NULL, &start, NULL, NULL, NULL, NULL, NULL);
	addr -= dwfl_module_getelf(module, &bias) ? bias : start;
	text_put(&t, "+0x%llx", (unsigned long long)addr);
	text_mark_cut(&t);
}

void stack_describe(struct stack_cache *c, pid_t pid, uint64_t addr, char *text,
	size_t size)
{
	struct image *image = find_image(c, pid);
	const char *name = NULL, *file;
	Dwfl_Module *module;
	GElf_Off offset = 0;
	struct map map;
	GElf_Sym sym;

	text[0] = '\0';
	if (!image || maps_find(pid, addr, &map) <= 0)
		return;
	file = map.path[0] ? map.path : "[anonymous]";
	/* What the kernel calls anonymous memory that is shared. */
	if (!strcmp(file, "/dev/zero (deleted)")) {
		text_show("shared memory", text, size);
		return;
	}
	module = dwfl_addrmodule(image->dwfl, addr);
	/* What a module has no bytes for in its file follows it, unnamed. */
	if (!module && file[0] == '[')
		module = dwfl_addrmodule(image->dwfl, map.start - 1);
	if (module)
		name = dwfl_module_addrinfo(
			module, addr, &offset, &sym, NULL, NULL, NULL);
	if (name && file[0] == '[')
		file = dwfl_module_info(
			module, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
	if (name && symbols_hold(module, &sym, offset))
		put_symbol(name, offset, symbols_base(file), text, size);
	else
		put_place(file[0] == '[' ? NULL : module, addr,
			symbols_base(file), text, size);
}
