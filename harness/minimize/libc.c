/* SPDX-License-Identifier: MIT */
/* libc.c: whose waits and wakes a program makes. */
#include <fcntl.h>
#include <gelf.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "minimize/kin.h"

#define NT_GO_BUILD_ID 4
#define INTERPRETER    256 /* bytes of its path that are looked at */

/* Who starts a dynamic program is its libc's own dynamic linker. */
static unsigned by_interpreter(int fd, const GElf_Phdr *ph)
{
	char path[INTERPRETER + 1] = "";
	size_t size = ph->p_filesz < INTERPRETER ? ph->p_filesz : INTERPRETER;
	const char *base;

	if (pread(fd, path, size, (off_t)ph->p_offset) != (ssize_t)size)
		return 0;
	base = strrchr(path, '/');
	base = base ? base + 1 : path;
	if (!strncmp(base, "ld-musl-", 8))
		return LIBC_MUSL;
	return strncmp(base, "ld-linux", 8) ? 0 : LIBC_GLIBC;
}

/* glibc's crt1 has the one note, and no other libc's; Go's linker writes the
 * other (cmd/link/internal/ld/elf.go, ELF_NOTE_GOBUILDID_TAG). */
static unsigned by_note(Elf *elf, const GElf_Phdr *ph)
{
	Elf_Data *d = elf_getdata_rawchunk(
		elf, (int64_t)ph->p_offset, ph->p_filesz, ELF_T_NHDR);
	size_t at = 0, name, desc;
	unsigned libcs = 0;
	GElf_Nhdr n;

	while (d && (at = gelf_getnote(d, at, &n, &name, &desc)) > 0) {
		const char *owner = (char *)d->d_buf + name;

		if (n.n_namesz != 4)
			continue;
		if (n.n_type == NT_GNU_ABI_TAG &&
			!memcmp(owner, ELF_NOTE_GNU, 4))
			libcs |= LIBC_GLIBC;
		if (n.n_type == NT_GO_BUILD_ID && !memcmp(owner, "Go\0", 4))
			libcs |= LIBC_GO;
	}
	return libcs;
}

static unsigned look(int fd, Elf *elf)
{
	unsigned noted = 0, named = 0;
	bool dynamic = false;
	size_t n = 0;
	GElf_Phdr ph;

	if (elf_getphdrnum(elf, &n))
		return 0;
	for (size_t i = 0; i < n && i < INT32_MAX; i++) {
		if (!gelf_getphdr(elf, (int)i, &ph))
			return 0;
		if (ph.p_type == PT_INTERP) {
			named = by_interpreter(fd, &ph);
			dynamic = true;
		}
		if (ph.p_type == PT_NOTE)
			noted |= by_note(elf, &ph);
	}
	if (!dynamic)
		return noted;
	return (noted & LIBC_GO) | (named ? named : LIBC_GLIBC | LIBC_MUSL);
}

unsigned minimize_libc_of(int fd)
{
	unsigned libc = 0;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
	if (elf) {
		libc = look(fd, elf);
		elf_end(elf);
	}
	return libc ? libc : LIBC_GLIBC | LIBC_MUSL;
}

static unsigned brought_by_import(const char *name)
{
	static const struct {
		const char *name;
		unsigned brings;
	} imports[] = {
		{ "__assert_fail", KIN_ABORT },
		{ "__chk_fail", KIN_ABORT },
		{ "__fortify_fail", KIN_ABORT },
		{ "__stack_chk_fail", KIN_ABORT },
		{ "abort", KIN_ABORT },
		{ "arc4random", KIN_RANDOM },
		{ "clock_gettime", KIN_TIME },
		{ "copy_file_range", KIN_COPIES },
		{ "err", KIN_FAILS },
		{ "error", KIN_FAILS },
		{ "gettimeofday", KIN_TIME },
		{ "newlocale", KIN_LOCALE },
		{ "perror", KIN_FAILS | KIN_PERROR },
		{ "setlocale", KIN_LOCALE },
		{ "stderr", KIN_FAILS },
		{ "time", KIN_TIME },
		{ "warn", KIN_FAILS },
	};

	for (size_t i = 0; i < sizeof(imports) / sizeof(*imports); i++)
		if (!strcmp(imports[i].name, name))
			return imports[i].brings;
	return 0;
}

/* The dynamic table, which no strip takes. An object such as stderr may have
 * its place in the program. */
static unsigned named_in(Elf *elf, Elf_Scn *scn, const GElf_Shdr *sh)
{
	Elf_Data *d = elf_getdata(scn, NULL);
	unsigned needs = 0;
	GElf_Sym sym;

	for (int i = 0; d && gelf_getsym(d, i, &sym); i++) {
		const char *name = elf_strptr(elf, sh->sh_link, sym.st_name);

		if (name && (sym.st_shndx == SHN_UNDEF ||
				    GELF_ST_TYPE(sym.st_info) == STT_OBJECT))
			needs |= brought_by_import(name);
	}
	return needs;
}

unsigned minimize_imports_of(int fd)
{
	Elf_Scn *scn = NULL;
	unsigned needs = 0;
	GElf_Shdr sh;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
	while (elf && (scn = elf_nextscn(elf, scn)))
		if (gelf_getshdr(scn, &sh) && sh.sh_type == SHT_DYNSYM)
			needs |= named_in(elf, scn, &sh);
	if (elf)
		elf_end(elf);
	return needs;
}

static int open_program(pid_t tid)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d/exe", (int)tid);
	return open(path, O_RDONLY | O_CLOEXEC);
}

unsigned minimize_imports(pid_t tid)
{
	int fd = open_program(tid);
	unsigned needs;

	if (fd < 0)
		return 0;
	needs = minimize_imports_of(fd);
	close(fd);
	return needs;
}

unsigned minimize_libc(pid_t tid)
{
	int fd = open_program(tid);
	unsigned libc;

	if (fd < 0)
		return LIBC_GLIBC | LIBC_MUSL;
	libc = minimize_libc_of(fd);
	close(fd);
	return libc;
}
