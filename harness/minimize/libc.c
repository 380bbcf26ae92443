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

unsigned minimize_libc(pid_t tid)
{
	char path[32];
	unsigned libc;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/exe", (int)tid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return LIBC_GLIBC | LIBC_MUSL;
	libc = minimize_libc_of(fd);
	close(fd);
	return libc;
}
