/* SPDX-License-Identifier: MIT */
/*
 * seams.c: what strangers' programs tell of themselves, under AFL++: object
 * files, whose symbols, lines and tables of frames are read; and texts, each
 * read as a line of maps, as a record of the kernel's log and as a symbol. A
 * sanitizer's report, or a control character in what is to be shown, is a
 * finding. Without AFL++ it reads the files that are its arguments.
 */
#include <gelf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "stack/symbols.h"
#include "stack/walk.h"
#include "sys/kernel_log.h"
#include "sys/maps.h"
#include "sys/text.h"

static void must_be_fit(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			abort();
}

static void read_text(const char *text)
{
	static struct map map;
	struct kernel_kill kill;
	char shown[NAME_ROOM];

	if (maps_parse(text, &map) && map.start >= map.end)
		abort();
	if (kernel_log_parse(text, &kill))
		must_be_fit(kill.comm);
	name_show(text, shown, sizeof(shown));
	must_be_fit(shown);
}

/* Addresses all over a module, and where it begins to run. */
static void look(Dwfl *dwfl, Dwarf_Addr start, Dwarf_Addr end, Dwarf_Addr entry)
{
	struct image image = { .dwfl = dwfl };
	struct symbols *symbols = symbols_open();

	if (!symbols)
		abort();
	for (int i = 0; i < 32; i++) {
		uint64_t pc =
			i ? start + (end - start) / 32 * (unsigned)i : entry;
		struct frame f = { .ip = pc };

		symbols_name(symbols, dwfl, pc, &f);
		must_be_fit(f.shown);
		must_be_fit(f.file);
		must_be_fit(f.module);
		stack_has_table(&image, pc);
	}
	symbols_close(symbols);
}

static void read_object(const char *data, size_t size)
{
	static const Dwfl_Callbacks callbacks = {
		.find_elf = dwfl_build_id_find_elf,
		.find_debuginfo = dwfl_standard_find_debuginfo,
		.section_address = dwfl_offline_section_address,
	};
	int fd = memfd_create("object", MFD_CLOEXEC);
	Dwfl *dwfl = dwfl_begin(&callbacks);
	Dwarf_Addr start = 0, end = 0, bias;
	Dwfl_Module *module;
	GElf_Ehdr head;
	Elf *elf;

	if (fd < 0 || !dwfl || write(fd, data, size) != (ssize_t)size)
		abort();
	dwfl_report_begin(dwfl);
	module = dwfl_report_elf(dwfl, "object", "/object", fd, 0, false);
	dwfl_report_end(dwfl, NULL, NULL);
	/* It takes the descriptor of what it takes. */
	if (!module)
		close(fd);
	elf = module ? dwfl_module_getelf(module, &bias) : NULL;
	if (elf && gelf_getehdr(elf, &head)) {
		dwfl_module_info(
			module, NULL, &start, &end, NULL, NULL, NULL, NULL);
		look(dwfl, start, end, head.e_entry + bias);
	}
	dwfl_end(dwfl);
}

static void read_one(const char *data, size_t size)
{
	char *text = malloc(size + 1);

	if (!text)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	if (size > SELFMAG && !memcmp(data, ELFMAG, SELFMAG))
		read_object(data, size);
	else
		read_text(text);
	free(text);
}

#ifdef __AFL_FUZZ_TESTCASE_LEN
__AFL_FUZZ_INIT();

int main(void)
{
	__AFL_INIT();
	unsigned char *data = __AFL_FUZZ_TESTCASE_BUF;

	while (__AFL_LOOP(10000))
		read_one((const char *)data, (size_t)__AFL_FUZZ_TESTCASE_LEN);
	return 0;
}
#else
int main(int argc, char **argv)
{
	static char data[1 << 20];

	for (int i = 1; i < argc; i++) {
		FILE *f = fopen(argv[i], "re");

		if (!f) {
			perror(argv[i]);
			return 111;
		}
		read_one(data, fread(data, 1, sizeof(data), f));
		fclose(f);
	}
	return 0;
}
#endif
