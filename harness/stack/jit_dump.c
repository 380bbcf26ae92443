/* SPDX-License-Identifier: MIT */
/* jit_dump.c: records of jit-PID.dump. */
#include "stack/jit_dump.h"

#include <string.h>
#include <unistd.h>

#include "stack/object.h"
#include "stack/symbols.h"
#include "sys/maps.h"

#define MAGIC  0x4A695444 /* "JiTD" */
#define X86_64 62	  /* EM_X86_64 */

enum { CODE_LOAD = 0, DEBUG_INFO = 2 };

static uint32_t u32(const unsigned char *b)
{
	uint32_t value;

	memcpy(&value, b, sizeof(value));
	return value;
}

static uint64_t u64(const unsigned char *b)
{
	uint64_t value;

	memcpy(&value, b, sizeof(value));
	return value;
}

bool jit_dump_header(const unsigned char *b, uint32_t *first)
{
	*first = u32(b + 8);
	return u32(b) == MAGIC && u32(b + 12) == X86_64 &&
	       *first >= JIT_DUMP_HEADER && *first < 4096;
}

bool jit_dump_record(const unsigned char *b, struct jit_record *r)
{
	uint32_t id = u32(b);

	*r = (struct jit_record){ .size = u32(b + 4) };
	if (r->size < 16)
		return false;
	if (id == CODE_LOAD && r->size > JIT_DUMP_RECORD) {
		r->start = u64(b + 32);
		r->length = u64(b + 40);
		r->code = r->length && r->start + r->length > r->start;
	} else if (id == DEBUG_INFO && r->size > 32) {
		r->start = u64(b + 16);
		r->length = u64(b + 24);
		r->lines = true;
	}
	return true;
}

int jit_dump_line(const unsigned char *b, size_t n, const struct jit_code *code,
	const char **file)
{
	const unsigned char *at = b, *end;
	uint64_t last = code->start;
	int line = 0;

	for (uint64_t i = 0; i < code->count; i++) {
		size_t left = n - (size_t)(at - b);
		uint64_t address;

		end = left > 16 ? memchr(at + 16, 0, left - 16) : NULL;
		address = end ? u64(at) : 0;
		if (!end || address < last ||
			address - code->start > code->length)
			return 0;
		if (address <= code->pc) {
			line = (int)u32(at + 8);
			*file = (const char *)at + 16;
		}
		last = address;
		at = end + 1;
	}
	/* Each is there, and nothing but what fills the record up. */
	return n - (size_t)(at - b) < 8 && line > 0 ? line : 0;
}

static bool is_dump(const char *path)
{
	const char *name = symbols_base(path);
	size_t n =
		strspn(name + (strncmp(name, "jit-", 4) ? 0 : 4), "0123456789");

	return !strncmp(name, "jit-", 4) && n &&
	       !strncmp(name + 4 + n, ".dump", 5);
}

int jit_dump_open(pid_t tid)
{
	struct maps maps;
	struct map map;
	char path[MAPS_PATH];
	uint64_t key;
	int fd = -1;

	if (maps_open(&maps, tid))
		return -1;
	while (fd < 0 && maps_next(&maps, &map) > 0)
		if (map.perms[2] == 'x' && !map.offset && map.inode &&
			is_dump(map.path))
			fd = object_open(tid, &map, &key, path, sizeof(path));
	maps_close(&maps);
	return fd;
}
