/* SPDX-License-Identifier: MIT */
/*
 * jit.c: perf's map of a process, or its dump, read once and then from where it
 * ended: it grows. What is behind its first MAP_MAX bytes or PIECES lines is
 * not known.
 */
#include "stack/jit.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "stack/jit_dump.h"
#include "stack/symbols.h"
#include "sys/proc.h"

#define MAPS	4
#define MAP_MAX (64 << 20)
#define PIECES	(1 << 18)
#define BUFFER	65536

struct piece {
	uint64_t start, size;
	off_t name;  /* in the file */
	off_t lines; /* of a dump: the record of its lines; 0: none */
};

struct jit_map {
	dev_t dev;
	ino_t ino; /* 0: this place is free */
	off_t read;
	bool dump;
	bool skips;  /* the rest of a line without an end */
	off_t lines; /* of code that a dump is about to load */
	uint64_t lines_of;
	size_t n, room;
	struct piece *v;
	uint64_t used;
};

struct jit {
	struct jit_map maps[MAPS];
	uint64_t clock;
};

struct jit *jit_open(void)
{
	return calloc(1, sizeof(struct jit));
}

void jit_close(struct jit *j)
{
	for (int i = 0; j && i < MAPS; i++)
		free(j->maps[i].v);
	free(j);
}

const char *jit_parse_line(const char *line, uint64_t *start, uint64_t *size)
{
	char *end;

	if (!isxdigit((unsigned char)line[0]))
		return NULL;
	errno = 0;
	*start = strtoull(line, &end, 16);
	if (errno || *end != ' ' || !isxdigit((unsigned char)end[1]))
		return NULL;
	*size = strtoull(end + 1, &end, 16);
	if (errno || *end != ' ' || !end[1] || !*size ||
		*start + *size < *start)
		return NULL;
	return end + 1;
}

/* As the process itself finds it, wherever its root is, and by no link: as perf
 * does, one of its own user's or of root's. -1: there is none. */
static int open_map(pid_t tid, struct stat *st)
{
	const struct open_how how = {
		.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW,
		.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
	};
	pid_t pid = (pid_t)proc_status(tid, "Tgid");
	long owner = proc_status(tid, "Uid");
	char path[64];
	int root, fd;

	snprintf(path, sizeof(path), "/proc/%d/root", tid);
	root = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	snprintf(path, sizeof(path), "tmp/perf-%d.map", proc_own_tid(pid));
	fd = root < 0
		     ? -1
		     : (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
	if (root >= 0)
		close(root);
	if (fd < 0)
		return -1;
	if (!fstat(fd, st) && S_ISREG(st->st_mode) &&
		(!st->st_uid || (long)st->st_uid == owner))
		return fd;
	close(fd);
	return -1;
}

/* What is known of the file, or the oldest place for it. */
static struct jit_map *find_map(struct jit *j, const struct stat *st)
{
	struct jit_map *m = NULL, *oldest = &j->maps[0];

	for (int i = 0; i < MAPS && !m; i++) {
		if (j->maps[i].ino == st->st_ino &&
			j->maps[i].dev == st->st_dev)
			m = &j->maps[i];
		if (j->maps[i].used < oldest->used)
			oldest = &j->maps[i];
	}
	m = m ? m : oldest;
	/* Another file, or one that was written anew. */
	if (m->ino != st->st_ino || m->dev != st->st_dev ||
		m->read > st->st_size) {
		free(m->v);
		*m = (struct jit_map){ .dev = st->st_dev, .ino = st->st_ino };
	}
	m->used = ++j->clock;
	return m;
}

static bool add(struct jit_map *m, const struct piece *p)
{
	struct piece *v;

	if (m->n == m->room) {
		size_t room = m->room ? 2 * m->room : 1024;

		v = room > PIECES ? NULL : realloc(m->v, room * sizeof(*v));
		if (!v)
			return false;
		m->v = v;
		m->room = room;
	}
	m->v[m->n++] = *p;
	return true;
}

/* The whole lines of the N bytes at TEXT, which lie at m->read. Returns how
 * many bytes these are. */
static size_t take_lines(struct jit_map *m, char *text, size_t n)
{
	size_t at = 0;
	char *end;

	while ((end = memchr(text + at, '\n', n - at))) {
		struct piece p = { 0 };
		const char *name;

		*end = '\0';
		name = m->skips ? NULL
				: jit_parse_line(text + at, &p.start, &p.size);
		if (name) {
			p.name = m->read + (name - text);
			add(m, &p);
		}
		m->skips = false;
		at = (size_t)(end - text) + 1;
	}
	return at;
}

static void read_on(struct jit_map *m, int fd)
{
	static char text[BUFFER];

	while (m->read < MAP_MAX) {
		ssize_t n = pread(fd, text, sizeof(text), m->read);
		size_t took;

		if (n <= 0)
			return;
		took = take_lines(m, text, (size_t)n);
		if (!took && n < BUFFER)
			return;
		m->skips = !took;
		m->read += took ? (off_t)took : n;
	}
}

/* The records behind those that were read. */
static void read_dump(struct jit_map *m, int fd)
{
	unsigned char b[JIT_DUMP_RECORD];
	struct jit_record r;
	uint32_t first;

	if (!m->read && (pread(fd, b, JIT_DUMP_HEADER, 0) != JIT_DUMP_HEADER ||
				!jit_dump_header(b, &first)))
		return;
	m->read = m->read ? m->read : (off_t)first;
	for (size_t i = 0; m->read < MAP_MAX && i < 2 * PIECES; i++) {
		struct stat st;

		memset(b, 0, sizeof(b));
		if (pread(fd, b, sizeof(b), m->read) < 16 ||
			!jit_dump_record(b, &r) || fstat(fd, &st) ||
			m->read + r.size > st.st_size)
			return;
		if (r.lines) {
			m->lines = m->read;
			m->lines_of = r.start;
		}
		if (r.code)
			add(m, &(struct piece){ r.start, r.length,
				       m->read + JIT_DUMP_RECORD,
				       m->lines_of == r.start ? m->lines : 0 });
		if (r.code)
			m->lines = 0;
		m->read += r.size;
	}
}

/* The newest piece that holds PC: memory is used again. */
static const struct piece *find_piece(const struct jit_map *m, uint64_t pc)
{
	for (size_t i = m->n; i-- > 0;)
		if (pc >= m->v[i].start && pc - m->v[i].start < m->v[i].size)
			return &m->v[i];
	return NULL;
}

/* What V8 says before a name that a script gave, and the tier of its code. */
static const char *script_of(const char *name)
{
	static const char *const kinds[] = { "JS:", "LazyCompile:", "Function:",
		"Eval:", "Script:", "Handler:" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strncmp(name, kinds[i], strlen(kinds[i]))) {
			name += strlen(kinds[i]);
			return *name && strchr("~*^+", *name) ? name + 1 : name;
		}
	return NULL;
}

/* "get size /srv/a b.js:3:1": where the file begins, behind a blank. */
static const char *file_of(const char *text)
{
	static const char *const begins[] = { " /", " file:", " node:" };
	const char *at = NULL, *p;

	for (size_t i = 0; i < sizeof(begins) / sizeof(*begins); i++) {
		p = strstr(text, begins[i]);
		if (p && (!at || p < at))
			at = p;
	}
	return at ? at : strrchr(text, ' ');
}

static void parse_script(const char *text, struct frame *f)
{
	const char *file = file_of(text), *base;
	char name[256], path[1024];
	int line, column, n = 0;
	char *colon;

	snprintf(name, sizeof(name), "%.*s",
		file ? (int)(file - text) : (int)strlen(text), text);
	text_show(name[0] ? name : "<anonymous>", f->shown, sizeof(f->shown));
	f->script = true;
	f->function[0] = f->module[0] = f->file[0] = '\0';
	f->line = 0;
	f->begins = true;
	if (!file)
		return;
	snprintf(path, sizeof(path), "%s", file + 1);
	/* ":12:3" at its end */
	colon = strrchr(path, ':');
	while (colon && colon > path && colon[-1] != ':')
		colon--;
	if (colon && colon > path &&
		sscanf(colon - 1, ":%9d:%9d%n", &line, &column, &n) == 2 &&
		!colon[n - 1] && line > 0) {
		f->line = line;
		colon[-1] = '\0';
	}
	base = !strncmp(path, "node:", 5) ? path : symbols_base(path);
	text_show(base, f->file, sizeof(f->file));
}

void jit_parse_name(const char *name, struct frame *f)
{
	const char *script = script_of(name);

	if (script) {
		parse_script(script, f);
		return;
	}
	text_show(name, f->shown, sizeof(f->shown));
	f->module[0] = '\0';
}

#define LINES 65536 /* bytes of a record of lines */

/* The line of PC in F, which is no script's: V8 (20 of node) counts bytecode
 * for code where it did not optimize, and where it did tells the lines of what
 * it compiled into a function, and not of which. */
static void find_line(
	int fd, const struct piece *p, uint64_t pc, struct frame *f)
{
	static unsigned char b[LINES];
	struct jit_code code = { p->start, p->size, 0, pc };
	ssize_t n = p->lines ? pread(fd, b, LINES, p->lines) : 0;
	struct jit_record r;
	const char *file;

	if (n < JIT_DUMP_RECORD || !jit_dump_record(b, &r) || !r.lines ||
		r.size > n)
		return;
	code.count = r.length;
	f->line = jit_dump_line(b + 32, r.size - 32, &code, &file);
	if (f->line)
		text_show(symbols_base(file), f->file, sizeof(f->file));
}

static void name_one(
	const struct jit_map *m, int fd, bool innermost, struct frame *f)
{
	/* A return address may be the first of the next piece. */
	const struct piece *p = find_piece(m, f->ip - !innermost);
	char name[1024];
	ssize_t n;

	if (!p)
		return;
	n = pread(fd, name, sizeof(name) - 1, p->name);
	if (n <= 0)
		return;
	name[n] = '\0';
	if (!m->dump)
		name[strcspn(name, "\n")] = '\0';
	jit_parse_name(name, f);
	if (!f->script)
		find_line(fd, p, f->ip - !innermost, f);
}

static int open_dump(pid_t tid, struct stat *st)
{
	int fd = jit_dump_open(tid);

	if (fd >= 0 && !fstat(fd, st))
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static void name_all(
	struct jit *j, pid_t tid, bool dump, struct frame *frames, int n)
{
	struct jit_map *m = NULL;
	struct stat st;
	int fd = -1;

	for (int i = 0; i < n; i++) {
		if (frames[i].function[0] || frames[i].script || !frames[i].ip)
			continue;
		if (!m) {
			fd = dump ? open_dump(tid, &st) : open_map(tid, &st);
			if (fd < 0)
				return;
			m = find_map(j, &st);
			m->dump = dump;
			if (dump)
				read_dump(m, fd);
			else
				read_on(m, fd);
		}
		name_one(m, fd, i == 0, &frames[i]);
	}
	if (fd >= 0)
		close(fd);
}

void jit_name(struct jit *j, pid_t tid, struct frame *frames, int n)
{
	name_all(j, tid, true, frames, n);
	name_all(j, tid, false, frames, n);
}
