/* SPDX-License-Identifier: MIT */
/* symbols.c: what an address of an object file is called. */
#include "symbols.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A power of two. An older name in the same place is overwritten. */
#define PLACES 4096

struct place {
	uint64_t file; /* hash of the module's path and size */
	uint64_t offset;
	struct frame frame;
};

struct symbols {
	struct place places[PLACES];
};

struct symbols *symbols_open(void)
{
	return calloc(1, sizeof(struct symbols));
}

void symbols_close(struct symbols *s)
{
	free(s);
}

const char *symbols_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void look_up(Dwfl_Module *module, uint64_t pc, struct frame *f)
{
	GElf_Off offset;
	GElf_Sym sym;
	const char *name = dwfl_module_addrinfo(
		module, pc, &offset, &sym, NULL, NULL, NULL);
	Dwfl_Line *line = dwfl_module_getsrc(module, pc);
	const char *file;

	/* A symbol that does not hold the address is only its neighbour. */
	if (name && (!sym.st_size || offset < sym.st_size))
		snprintf(f->function, sizeof(f->function), "%s", name);
	file = line ? dwfl_lineinfo(line, NULL, &f->line, NULL, NULL, NULL)
		    : NULL;
	if (file)
		snprintf(f->file, sizeof(f->file), "%s", symbols_base(file));
}

static uint64_t hash(const char *name, uint64_t size)
{
	uint64_t h = 14695981039346656037u ^ size;

	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * 1099511628211u;
	return h;
}

void symbols_name(struct symbols *s, Dwfl *dwfl, uint64_t pc, struct frame *f)
{
	Dwfl_Module *module = dwfl_addrmodule(dwfl, pc);
	Dwarf_Addr start, end;
	const char *path;
	struct place key, *p;
	uint64_t ip = f->ip;

	if (!module)
		return;
	path = dwfl_module_info(
		module, NULL, &start, &end, NULL, NULL, NULL, NULL);
	key.file = hash(path, end - start);
	key.offset = pc - start;
	p = &s->places[(key.file ^ key.offset * 0x9e3779b97f4a7c15u) >> 7 &
		       (PLACES - 1)];
	if (p->file != key.file || p->offset != key.offset) {
		memset(p, 0, sizeof(*p));
		p->file = key.file;
		p->offset = key.offset;
		look_up(module, pc, &p->frame);
		snprintf(p->frame.module, sizeof(p->frame.module), "%.47s",
			symbols_base(path));
	}
	*f = p->frame;
	f->ip = ip;
}
