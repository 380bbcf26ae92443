/* SPDX-License-Identifier: MIT */
/* libc.c: whose waits and wakes a program makes. */
#include <fcntl.h>
#include <gelf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "minimize/kin.h"

#define INTERPRETER 256 /* bytes of its path that are looked at */

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

/* glibc's crt1 has this note, and no other libc's. */
static unsigned by_note(Elf *elf, const GElf_Phdr *ph)
{
	Elf_Data *d = elf_getdata_rawchunk(
		elf, (int64_t)ph->p_offset, ph->p_filesz, ELF_T_NHDR);
	size_t at = 0, name, desc;
	GElf_Nhdr n;

	while (d && (at = gelf_getnote(d, at, &n, &name, &desc)) > 0)
		if (n.n_type == NT_GNU_ABI_TAG && n.n_namesz == 4 &&
			!memcmp((char *)d->d_buf + name, ELF_NOTE_GNU, 4))
			return LIBC_GLIBC;
	return 0;
}

static unsigned look(int fd, Elf *elf)
{
	unsigned noted = 0;
	size_t n = 0;
	GElf_Phdr ph;

	if (elf_getphdrnum(elf, &n))
		return 0;
	for (size_t i = 0; i < n && i < INT32_MAX; i++) {
		if (!gelf_getphdr(elf, (int)i, &ph))
			return 0;
		if (ph.p_type == PT_INTERP)
			return by_interpreter(fd, &ph);
		if (ph.p_type == PT_NOTE)
			noted |= by_note(elf, &ph);
	}
	return noted;
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
