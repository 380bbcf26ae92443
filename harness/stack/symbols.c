/* SPDX-License-Identifier: MIT */
/* symbols.c: what an address of an object file is called. */
#include "stack/symbols.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stack/object.h"
#include "stack/sorted.h"
#include "sys/hash.h"
#include "sys/text.h"

/* A power of two. An older name in the same place is overwritten. */
#define PLACES 4096

#define LOCALS 8 /* more are not in .dynsym: it has some for sections */

struct place {
	uint64_t file; /* struct object's key, and how much is mapped */
	uint64_t offset;
	bool loaded; /* what the file says of it is so */
	struct frame frame;
};

/*
 * A shared library, opened once for all programs that map it: its debug
 * information takes tens of milliseconds to unpack.
 */
struct library {
	uint64_t file;
	Dwfl *dwfl;
	Dwfl_Module *module;
	Dwarf_Addr start;
};

#define LIBRARIES      6

#define SORTED	       8

#define MODULE_SYMBOLS 200000 /* of one that are looked at */

struct symbols {
	struct place places[PLACES];
	struct sorted sorted[SORTED];
	unsigned next_sorted;
	struct library libraries[LIBRARIES];
	unsigned next; /* to be given up */
};

struct symbols *symbols_open(void)
{
	return calloc(1, sizeof(struct symbols));
}

void symbols_close(struct symbols *s)
{
	for (int i = 0; s && i < LIBRARIES; i++)
		dwfl_end(s->libraries[i].dwfl);
	for (int i = 0; s && i < SORTED; i++)
		sorted_free(&s->sorted[i]);
	free(s);
}

const char *symbols_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

bool symbols_hold(Dwfl_Module *module, const GElf_Sym *sym, GElf_Off offset)
{
	return sym->st_size
		       ? offset < sym->st_size
		       : dwfl_module_getsymtab_first_global(module) > LOCALS;
}

static struct sorted *find_sorted(struct symbols *s, uint64_t key)
{
	struct sorted *given_up;

	for (int i = 0; i < SORTED; i++)
		if (s->sorted[i].key == key)
			return &s->sorted[i];
	given_up = &s->sorted[s->next_sorted++ % SORTED];
	sorted_free(given_up);
	given_up->key = key;
	return given_up;
}

/* As dwfl_module_addrinfo. SORTED: of the file, or NULL. */
static const char *find_name(Dwfl_Module *module, struct sorted *sorted,
	uint64_t start, uint64_t pc, GElf_Off *offset, GElf_Sym *sym)
{
	const int i = sorted ? sorted_find(sorted, module, start, pc - start)
			     : SORTED_ASK;
	const char *name;
	GElf_Addr value;

	if (i == SORTED_NONE)
		return NULL;
	if (i == SORTED_ASK)
		return dwfl_module_addrinfo(
			module, pc, offset, sym, NULL, NULL, NULL);
	name = dwfl_module_getsym_info(
		module, i, sym, &value, NULL, NULL, NULL);
	*offset = pc - value;
	return name;
}

/* What tells one file's symbols from another's: the file, and how much of it is
 * mapped. 0: not known. */
static uint64_t key_of(Dwfl_Module *module, Dwarf_Addr *start)
{
	const struct object *object = object_of(module);
	Dwarf_Addr end;
	uint64_t size;

	dwfl_module_info(module, NULL, start, &end, NULL, NULL, NULL, NULL);
	size = end - *start;
	return object ? hash64(object->key, &size, sizeof(size)) : 0;
}

bool symbols_find(struct symbols *s, Dwfl_Module *module, uint64_t pc,
	GElf_Off *offset, GElf_Sym *sym)
{
	Dwarf_Addr start;
	const uint64_t key = key_of(module, &start);

	return find_name(module, key ? find_sorted(s, ~key) : NULL, start, pc,
		offset, sym);
}

static void look_up(Dwfl_Module *module, struct sorted *sorted, uint64_t start,
	uint64_t pc, struct frame *f)
{
	GElf_Off offset;
	GElf_Sym sym;
	const char *name = find_name(module, sorted, start, pc, &offset, &sym);
	Dwfl_Line *line = dwfl_module_getsrc(module, pc);
	const char *file;

	/* A symbol that does not hold the address is only its neighbour.
	 * Debug information has "popen@@GLIBC_2.2.5". */
	if (name && symbols_hold(module, &sym, offset)) {
		size_t n = strcspn(name, "@");

		n = n < sizeof(f->function) ? n : sizeof(f->function) - 1;
		memcpy(f->function, name, n);
		f->function[n] = '\0';
		name_show(name, f->shown, sizeof(f->shown));
	}
	file = line ? dwfl_lineinfo(line, NULL, &f->line, NULL, NULL, NULL)
		    : NULL;
	if (file)
		text_show(symbols_base(file), f->file, sizeof(f->file));
}

static void open_library(
	struct library *l, uint64_t file, Dwfl_Module *module, const char *path)
{
	static const Dwfl_Callbacks callbacks = {
		.find_elf = dwfl_build_id_find_elf,
		.find_debuginfo = dwfl_standard_find_debuginfo,
		.section_address = dwfl_offline_section_address,
	};

	int fd = object_open_again(module);

	dwfl_end(l->dwfl);
	*l = (struct library){ .file = file, .dwfl = dwfl_begin(&callbacks) };
	if (l->dwfl && fd >= 0) {
		dwfl_report_begin(l->dwfl);
		l->module = dwfl_report_elf(l->dwfl, path, path, fd, 0, false);
		dwfl_report_end(l->dwfl, NULL, NULL);
	}
	/* It takes the descriptor of what it takes. */
	if (!l->module && fd >= 0)
		close(fd);
	if (l->module)
		dwfl_module_info(l->module, NULL, &l->start, NULL, NULL, NULL,
			NULL, NULL);
}

/* NULL when MODULE is no library, or cannot be opened. */
static const struct library *find_library(
	struct symbols *s, uint64_t file, Dwfl_Module *module)
{
	const char *path, *name = dwfl_module_info(module, NULL, NULL, NULL,
				  NULL, NULL, &path, NULL);
	struct library *l;

	if (!strstr(name, ".so") || !path || object_of(module)->memory)
		return NULL;
	for (int i = 0; i < LIBRARIES; i++) {
		l = &s->libraries[i];
		if (l->dwfl && l->file == file)
			return l->module ? l : NULL;
	}
	l = &s->libraries[s->next++ % LIBRARIES];
	open_library(l, file, module, path);
	return l->module ? l : NULL;
}

/* From what is kept, or looked up for the next time. False: the file tells
 * nothing of what is there. */
static bool name_kept(struct symbols *s, Dwfl_Module *module, uint64_t file,
	uint64_t pc, uint64_t offset, struct frame *f)
{
	struct place *p =
		&s->places[(file ^ offset * 0x9e3779b97f4a7c15u) >> 7 &
			   (PLACES - 1)];
	const struct library *library;

	if (p->file != file || p->offset != offset) {
		memset(p, 0, sizeof(*p));
		p->file = file;
		p->offset = offset;
		p->loaded = object_is_loaded(module, pc);
		library = p->loaded ? find_library(s, file, module) : NULL;
		/* Numbers of symbols are those of one of the two. */
		if (p->loaded)
			look_up(library ? library->module : module,
				find_sorted(s, library ? file : ~file),
				library ? library->start : pc - offset,
				library ? library->start + offset : pc,
				&p->frame);
	}
	*f = p->frame;
	return p->loaded;
}

void symbols_name(struct symbols *s, Dwfl *dwfl, uint64_t pc, struct frame *f)
{
	Dwfl_Module *module = dwfl_addrmodule(dwfl, pc);
	Dwarf_Addr start, bias;
	const char *path;
	uint64_t ip = f->ip, sp = f->sp, key;
	bool loaded;

	if (!module)
		return;
	path = dwfl_module_info(
		module, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
	loaded = dwfl_module_getelf(module, &bias) != NULL;
	key = key_of(module, &start);
	if (loaded && key)
		loaded = name_kept(s, module, key, pc, pc - start, f);
	else if (loaded)
		look_up(module, NULL, 0, pc, f);
	f->ip = ip;
	f->sp = sp;
	f->at = loaded ? ip - bias : object_offset(module, ip);
	text_show(symbols_base(path), f->module, sizeof(f->module));
}

uint64_t symbols_address(Dwfl_Module *module, const char *name)
{
	int n = dwfl_module_getsymtab(module);
	GElf_Addr at;
	GElf_Sym sym;

	for (int i = 0; i < n && i < MODULE_SYMBOLS; i++) {
		const char *is = dwfl_module_getsym_info(
			module, i, &sym, &at, NULL, NULL, NULL);

		if (is && sym.st_shndx != SHN_UNDEF && !strcmp(is, name))
			return at;
	}
	return 0;
}
