/* SPDX-License-Identifier: MIT */
/* breakpoint.c: where functions of a running program are, and breakpoints.
 */
#include "explain/breakpoint.h"

#include <elf.h>
#include <elfutils/libdwfl.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "stack/object.h"
#include "sys/code.h"
#include "sys/inject.h"
#include "sys/regs.h"
#include "sys/maps.h"
#include "sys/proc.h"

/* A crt1 that is longer than this until it calls its libc is none. */
#define STEPS 200

static bool is_32(pid_t tid)
{
	struct regs regs;

	return !regs_get(tid, &regs) && regs_is_32(&regs);
}

uint64_t pass_entry(pid_t pid)
{
	size_t size = is_32(pid) ? 4 : 8;
	char buf[4096];
	uint64_t type, value;
	ssize_t n = proc_read(buf, sizeof(buf), "%d/auxv", pid);

	for (size_t i = 0; n > 0 && i + 2 * size <= (size_t)n; i += 2 * size) {
		type = value = 0;
		memcpy(&type, buf + i, size);
		memcpy(&value, buf + i + size, size);
		if (type == AT_ENTRY)
			return value;
	}
	return 0;
}

/* What is looked for among the modules of a process. */
struct search {
	const char *name;
	uint64_t entry; /* not 0: in the module that holds it alone */
	uint64_t found;
};

static int search_module(Dwfl_Module *module, void **user, const char *path,
	Dwarf_Addr base, void *arg)
{
	struct search *s = arg;
	size_t length = strlen(s->name);
	Dwarf_Addr start, end;
	int n;

	(void)user;
	(void)path;
	(void)base;
	dwfl_module_info(module, NULL, &start, &end, NULL, NULL, NULL, NULL);
	if (s->entry && (s->entry < start || s->entry >= end))
		return DWARF_CB_OK;
	n = dwfl_module_getsymtab(module);
	for (int i = 1; i < n; i++) {
		GElf_Addr addr;
		GElf_Sym sym;
		const char *name = dwfl_module_getsym_info(
			module, i, &sym, &addr, NULL, NULL, NULL);

		if (!name || strncmp(name, s->name, length) != 0 ||
			(name[length] && name[length] != '@') ||
			GELF_ST_TYPE(sym.st_info) != STT_FUNC ||
			sym.st_shndx == SHN_UNDEF)
			continue;
		s->found = addr;
		return DWARF_CB_ABORT;
	}
	return DWARF_CB_OK;
}

uint64_t pass_symbol(pid_t pid, const char *name, bool own)
{
	struct search s = { .name = name, .entry = own ? pass_entry(pid) : 0 };
	struct object *objects;
	Dwfl *dwfl = object_report(&pid, &objects);

	if (!dwfl)
		return 0;
	dwfl_getmodules(dwfl, search_module, &s, 0);
	object_close(dwfl, objects);
	return s.found;
}

/*
 * crt1 calls, or jumps to, __libc_start_main(main, ...): glibc's in _start,
 * musl's in _start_c.
 */
uint64_t pass_follow_to_main(pid_t tid)
{
	struct regs regs;
	struct map code;
	int pending = 0;
	uint64_t found = 0;

	if (regs_get(tid, &regs))
		return 0;
	if (maps_find(tid, regs_ip(&regs), &code) <= 0)
		return 0;
	for (int i = 0; i < STEPS && !found; i++) {
		uint64_t before = regs_ip(&regs), arg;

		if (inject_step(tid, &pending) || regs_get(tid, &regs))
			return 0;
		if (regs_ip(&regs) - before <= CODE_INSN)
			continue;
		arg = regs_function_arg(tid, &regs);
		if (code.start <= arg && arg < code.end)
			found = arg;
	}
	if (pending)
		kill(tid, pending);
	return found;
}

int pass_break_set(struct pass_break *b, pid_t tid, uint64_t at)
{
	long word;

	errno = 0;
	word = ptrace(PTRACE_PEEKTEXT, tid, at, 0);
	if (errno || ptrace(PTRACE_POKETEXT, tid, at, code_with_break(word)))
		return -errno;
	b->at = at;
	b->word = word;
	return 0;
}

int pass_break_clear(struct pass_break *b, pid_t tid)
{
	struct regs regs;

	if (ptrace(PTRACE_POKETEXT, tid, b->at, b->word) ||
		regs_get(tid, &regs))
		return -errno;
	regs_set_ip(&regs, b->at);
	return regs_set(tid, &regs);
}

void pass_break_pass(struct pass_break *b, pid_t tid)
{
	int pending = 0;

	if (pass_break_clear(b, tid) || inject_step(tid, &pending))
		return;
	ptrace(PTRACE_POKETEXT, tid, b->at, code_with_break(b->word));
	if (pending)
		syscall(SYS_tkill, tid, pending);
}
