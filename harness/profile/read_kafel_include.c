/* SPDX-License-Identifier: MIT */
/*
 * read_kafel_include.c: the files that a policy in kafel's language includes,
 * wherever a word may stand: `#include "a" "b"`, to the end of the line or a
 * semicolon, 16 deep, as its src/lexer.l. Which files a stranger's policy may
 * reach is as for minijail's.
 */
#include "profile/read_kafel.h"

#include <stdlib.h>
#include <string.h>

#define MAX_FILES 256
#define MAX_DEPTH 16

struct kafel_place kafel_here(const struct kafel *k)
{
	return (struct kafel_place){ .at = k->r.at,
		.line_at = k->r.line_at,
		.end = k->r.end,
		.where = k->r.where,
		.line = k->r.line,
		.source = k->source,
		.file = k->r.file,
		.level = k->depth };
}

void kafel_go(struct kafel *k, const struct kafel_place *to)
{
	k->r.at = to->at;
	k->r.line_at = to->line_at;
	k->r.end = to->end;
	k->r.where = to->where;
	k->r.line = to->line;
	k->r.file = to->file;
	k->source = to->source;
	k->depth = to->level;
}

void kafel_stop(struct kafel *k)
{
	k->failed = true;
	k->r.err = &k->ignored;
	k->r.at = k->r.end;
	k->source = 0;
}

void kafel_end_sources(struct kafel *k)
{
	for (unsigned i = 0; i < k->nsources; i++) {
		free(k->sources[i]->text);
		free(k->sources[i]);
	}
	free(k->sources);
}

static int add_source(struct kafel *k, const char *name)
{
	struct kafel_source *s = calloc(1, sizeof(*s)), **more;
	size_t n = 0;

	more = realloc(k->sources, (k->nsources + 1) * sizeof(*more));
	if (more)
		k->sources = more;
	if (!s || !more) {
		free(s);
		return policy_fail(&k->r, "out of memory");
	}
	s->text = policy_find(&k->r, name, s->path, &n);
	k->r.at += strlen(name) + 1;
	s->back = kafel_here(k);
	k->sources[k->nsources++] = s;
	if (!s->text)
		return -1;
	kafel_go(k, &(struct kafel_place){ .at = s->text,
			    .line_at = s->text,
			    .end = s->text + n,
			    .where = s->path,
			    .line = 1,
			    .source = k->nsources,
			    .file = profile_add_file(k->r.p, s->path),
			    .level = k->depth + 1 });
	return k->r.file ? 0 : policy_fail(&k->r, "out of memory");
}

static int enter(struct kafel *k)
{
	const char *end = memchr(k->r.at, '"', (size_t)(k->r.end - k->r.at));
	char name[256] = "";

	if (!end || end == k->r.at || end - k->r.at >= (long)sizeof(name) ||
		memchr(k->r.at, '\n', (size_t)(end - k->r.at)))
		return policy_fail(&k->r, "expected the path of a policy");
	memcpy(name, k->r.at, (size_t)(end - k->r.at));
	if (!k->r.files)
		return policy_fail(&k->r, "#include needs a file");
	if (k->depth == MAX_DEPTH)
		return policy_fail(
			&k->r, "#include is nested deeper than %d", MAX_DEPTH);
	if (k->nsources == MAX_FILES)
		return policy_fail(&k->r, "more than %d files", MAX_FILES);
	return add_source(k, name);
}

/* Behind the word, or behind a file: the next, or the end of the line. */
static int go_on(struct kafel *k)
{
	bool blank = false;

	for (; k->r.at < k->r.end && strchr(" \t", *k->r.at); k->r.at++)
		blank = true;
	if (k->r.at < k->r.end && *k->r.at == '"' && blank) {
		k->r.at++;
		return enter(k);
	}
	if (k->r.at == k->r.end || !strchr("\n;", *k->r.at))
		return policy_fail(&k->r,
			"expected the path of a policy in quotes, a semicolon "
			"or the end of the line behind #include");
	k->r.line += *k->r.at == '\n';
	k->r.at++;
	if (k->r.at[-1] == '\n')
		k->r.line_at = k->r.at;
	return 0;
}

bool kafel_include(struct kafel *k)
{
	if (!go_on(k))
		return true;
	kafel_stop(k);
	return false;
}

bool kafel_leave(struct kafel *k)
{
	if (!k->source)
		return false;
	kafel_go(k, &k->sources[k->source - 1]->back);
	return kafel_include(k);
}
