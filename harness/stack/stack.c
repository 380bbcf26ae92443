/* SPDX-License-Identifier: MIT */
/*
 * stack.c: call stacks of a stopped thread, by libdw: what is mapped where.
 *
 * What libdw knows of a set of mappings (struct image) is kept for the next
 * program that has the same ones, and what an address of a file is called is
 * kept for all programs (symbols.c). The tracee's memory and files are
 * untrusted: every loop is bounded. The walk itself is in stack/walk.c.
 */
#include "stack/stack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stack/guess.h"

#define IMAGES	 8
#define MAPS_MAX 65536

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
		!dwfl_attach_state(image->dwfl, NULL, pid,
			&stack_thread_callbacks, image)) {
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
	if (!image) {
		frames[0] = (struct frame){ .ip = regs->rip };
		return 1;
	}
	*w = (struct walk){ .tid = tid,
		.is_32 = is_32,
		.symbols = c->symbols,
		.frames = frames,
		.max = max };
	stack_frames(image, regs);
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
