/* SPDX-License-Identifier: MIT */
/*
 * object.c: which file is mapped.
 *
 * By /proc/PID/map_files it is to be had whatever its path is, but for that one
 * must be privileged (proc_pid_map_files(5)). By the path, in the process's own
 * root or ours, and by /proc/PID/exe one comes to a file, which is the right
 * one if device and inode are those that /proc/PID/maps tells. Btrfs and
 * overlayfs tell stat(2) of another device than maps: there the mapped bytes
 * must be the file's.
 */
#include "stack/object.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/hash.h"
#include "sys/mem.h"

#define CHUNK 65536
#define MOST  (1UL << 28) /* bytes of a mapping, and before it in its file */

struct object *object_of(Dwfl_Module *module)
{
	void **user = NULL;

	dwfl_module_info(module, &user, NULL, NULL, NULL, NULL, NULL, NULL);
	return user ? *user : NULL;
}

/* Only of a regular file: the opening of a device does something. */
static int open_regular(const char *path, struct stat *st)
{
	char by_fd[32];
	int name = open(path, O_PATH | O_CLOEXEC), fd = -1;

	if (name < 0)
		return -1;
	snprintf(by_fd, sizeof(by_fd), "/proc/self/fd/%d", name);
	if (!fstat(name, st) && S_ISREG(st->st_mode))
		fd = open(by_fd, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	close(name);
	return fd;
}

static bool is_mapped_at(pid_t tid, const struct map *map, int fd)
{
	static unsigned char in_file[CHUNK], in_memory[CHUNK];
	uint64_t at = map->start;
	ssize_t n = 1;

	for (; at < map->end && n > 0; at += (uint64_t)n) {
		size_t size = map->end - at < CHUNK ? map->end - at : CHUNK;

		n = pread(fd, in_file, size,
			(off_t)(map->offset + (at - map->start)));
		if (n < 0 || !mem_read_all(tid, at, in_memory, (size_t)n) ||
			memcmp(in_file, in_memory, (size_t)n) != 0)
			return false;
	}
	return at > map->start;
}

/* Has the file what is mapped of FIRST's? Of what is written to nobody knows;
 * where it begins is its build id. */
static bool has_mapped(pid_t tid, const struct map *first, int fd)
{
	static struct map map;
	struct maps maps;
	bool same = true, any = false;

	if (maps_open(&maps, tid))
		return false;
	while (same && maps_next(&maps, &map) > 0) {
		if (map.start < first->start || map.inode != first->inode ||
			strcmp(map.path, first->path) != 0 ||
			map.perms[1] == 'w' ||
			(map.start != first->start && map.perms[2] != 'x'))
			continue;
		any = true;
		same = is_mapped_at(tid, &map, fd);
	}
	maps_close(&maps);
	return same && any;
}

/* The file at PATH, if it is the one that is mapped. */
static int open_same(
	const char *path, pid_t tid, const struct map *map, struct stat *st)
{
	int fd = open_regular(path, st);

	if (fd < 0 || (st->st_dev == map->dev && st->st_ino == map->inode) ||
		(st->st_dev != map->dev && has_mapped(tid, map, fd)))
		return fd;
	close(fd);
	return -1;
}

static bool is_there(const char *path, const struct stat *st)
{
	struct stat there;

	return !stat(path, &there) && there.st_dev == st->st_dev &&
	       there.st_ino == st->st_ino;
}

static uint64_t key_of(const struct stat *st)
{
	uint64_t key = HASH64;

	key = hash64(key, &st->st_dev, sizeof(st->st_dev));
	key = hash64(key, &st->st_ino, sizeof(st->st_ino));
	key = hash64(key, &st->st_size, sizeof(st->st_size));
	key = hash64(key, &st->st_ctim.tv_sec, sizeof(st->st_ctim.tv_sec));
	key = hash64(key, &st->st_ctim.tv_nsec, sizeof(st->st_ctim.tv_nsec));
	return key ? key : 1;
}

int object_open(pid_t tid, const struct map *map, uint64_t *key, char *path,
	size_t size)
{
	char link[MAPS_FILE], exe[32];
	struct stat st;
	int fd;

	if (!map->inode)
		return -1;
	maps_file(tid, map, link, sizeof(link));
	fd = open_regular(link, &st);
	snprintf(exe, sizeof(exe), "/proc/%d/exe", tid);
	if (fd < 0)
		fd = open_same(exe, tid, map, &st);
	snprintf(path, size, "/proc/%d/root%s", tid, map->path);
	if (fd < 0)
		fd = open_same(path, tid, map, &st);
	if (fd < 0)
		fd = open_same(map->path, tid, map, &st);
	if (fd < 0)
		return -1;
	if (is_there(map->path, &st))
		snprintf(path, size, "%s", map->path);
	*key = key_of(&st);
	return fd;
}

/* MAP's bytes, to where they are in its file. */
static bool copy(pid_t tid, const struct map *map, int to)
{
	static unsigned char bytes[CHUNK];

	for (uint64_t at = map->start; at < map->end; at += CHUNK) {
		size_t size = map->end - at < CHUNK ? map->end - at : CHUNK;
		ssize_t n = mem_read(tid, at, bytes, size);

		/* What lies beyond the file's end is not to be read. */
		if (n <= 0)
			break;
		if (pwrite(to, bytes, (size_t)n,
			    (off_t)(map->offset + (at - map->start))) != n)
			return false;
	}
	return true;
}

/*
 * The file that FIRST begins, as far as it is mapped, put together again; or
 * the vDSO. libdw would do so itself, by program headers that it believes.
 */
static int read_memory(pid_t tid, const struct map *first)
{
	static struct map map;
	struct maps maps;
	bool good = true;
	int fd = memfd_create("object", MFD_CLOEXEC);

	if (fd < 0 || maps_open(&maps, tid)) {
		close(fd);
		return -1;
	}
	while (good && maps_next(&maps, &map) > 0)
		if (map.start >= first->start && map.inode == first->inode &&
			map.dev == first->dev &&
			!strcmp(map.path, first->path) &&
			map.end - map.start < MOST && map.offset < MOST)
			good = copy(tid, &map, fd);
	maps_close(&maps);
	if (good)
		return fd;
	close(fd);
	return -1;
}

static int find_elf(Dwfl_Module *module, void **user, const char *name,
	Dwarf_Addr base, char **path, Elf **elf)
{
	static char file[MAPS_PATH + 32];
	static struct map map;
	struct object *object = *user;
	static uint64_t memories;
	int fd;

	(void)module;
	(void)name;
	(void)elf;
	if (!object || maps_find(*object->tid, base, &map) <= 0 ||
		map.start != base)
		return -1;
	fd = object_open(*object->tid, &map, &object->key, file, sizeof(file));
	if (fd >= 0) {
		*path = strdup(file);
		return fd;
	}
	memories++;
	object->memory = true;
	object->key = hash64(HASH64, &memories, sizeof(memories));
	return read_memory(*object->tid, &map);
}

int object_open_again(Dwfl_Module *module)
{
	static char file[MAPS_PATH + 32];
	static struct map map;
	struct object *object = object_of(module);
	Dwarf_Addr base;
	uint64_t key;
	int fd;

	dwfl_module_info(module, NULL, &base, NULL, NULL, NULL, NULL, NULL);
	if (!object || object->memory ||
		maps_find(*object->tid, base, &map) <= 0 || map.start != base)
		return -1;
	fd = object_open(*object->tid, &map, &key, file, sizeof(file));
	if (fd < 0 || key == object->key)
		return fd;
	close(fd);
	return -1;
}

bool object_is_loaded(Dwfl_Module *module, Dwarf_Addr pc)
{
	static struct map map;
	struct object *object = object_of(module);
	Dwarf_Addr bias;
	Elf *elf = dwfl_module_getelf(module, &bias);
	GElf_Phdr p;
	size_t n;

	if (!object || !elf || elf_getphdrnum(elf, &n) ||
		maps_find(*object->tid, pc, &map) <= 0)
		return false;
	/* Without a file it is a copy of what was loaded, on larger pages, or
	 * the vDSO. */
	for (int i = 0; i < (int)n && gelf_getphdr(elf, i, &p); i++)
		if (p.p_type == PT_LOAD && pc - bias >= p.p_vaddr &&
			pc - bias - p.p_vaddr < p.p_memsz)
			return !map.inode ||
			       p.p_offset + (pc - bias - p.p_vaddr) ==
				       map.offset + (pc - map.start);
	return false;
}

uint64_t object_offset(Dwfl_Module *module, Dwarf_Addr pc)
{
	static struct map map;
	struct object *object = object_of(module);
	Dwarf_Addr start;

	dwfl_module_info(module, NULL, &start, NULL, NULL, NULL, NULL, NULL);
	if (object && maps_find(*object->tid, pc, &map) > 0 && map.inode)
		return map.offset + (pc - map.start);
	return pc - start;
}

static const Dwfl_Callbacks callbacks = {
	.find_elf = find_elf,
	.find_debuginfo = dwfl_standard_find_debuginfo,
};

struct listed {
	const pid_t *tid;
	struct object **list;
};

static int add_object(Dwfl_Module *module, void **user, const char *name,
	Dwarf_Addr base, void *arg)
{
	struct listed *l = arg;
	struct object *object = calloc(1, sizeof(*object));

	(void)module;
	(void)name;
	(void)base;
	if (object) {
		object->tid = l->tid;
		object->next = *l->list;
		*l->list = object;
	}
	*user = object;
	return DWARF_CB_OK;
}

Dwfl *object_report(const pid_t *tid, struct object **list)
{
	struct listed l = { tid, list };
	Dwfl *dwfl = dwfl_begin(&callbacks);

	*list = NULL;
	if (!dwfl)
		return NULL;
	dwfl_report_begin(dwfl);
	if (dwfl_linux_proc_report(dwfl, *tid) ||
		dwfl_report_end(dwfl, NULL, NULL)) {
		dwfl_end(dwfl);
		return NULL;
	}
	dwfl_getmodules(dwfl, add_object, &l, 0);
	return dwfl;
}

void object_close(Dwfl *dwfl, struct object *list)
{
	dwfl_end(dwfl);
	while (list) {
		struct object *next = list->next;

		free(list);
		list = next;
	}
}
