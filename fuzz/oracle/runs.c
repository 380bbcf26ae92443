/* SPDX-License-Identifier: MIT */
/* runs.c: many runs of one program on this kernel, sorted by what they were. */
#include "oracle/runs.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "sys/has.h"
#include "sys/processor.h"

struct runner {
	struct filter bpf;
	bool hashes; /* PR_FUTEX_HASH is there */
	/* One for programs with a hash of their own: it is started anew. */
	struct executor *plain, *hashed;
};

size_t runs_size(const struct runs *r)
{
	return offsetof(struct runs, kinds) + r->nkinds * sizeof(*r->kinds);
}

void runs_add(
	struct runs *r, const struct program *p, const struct runs_kind *as)
{
	static struct history mine, other;

	r->counted += as->times;
	history_of(p, &as->result, as->broken, as->step, &mine);
	for (uint32_t i = 0; i < r->nkinds; i++) {
		struct runs_kind *k = &r->kinds[i];

		history_of(p, &k->result, k->broken, k->step, &other);
		if (!history_same(&mine, &other))
			continue;
		k->times += as->times;
		return;
	}
	if (r->nkinds < RUNS_KINDS)
		r->kinds[r->nkinds++] = *as;
	else
		r->others += as->times;
}

void runs_join(struct runs *r, const struct program *p, const struct runs *more)
{
	for (uint32_t i = 0; i < more->nkinds; i++)
		runs_add(r, p, &more->kinds[i]);
	r->counted += more->others;
	r->others += more->others;
}

struct runner *runner_open(const struct filter *bpf)
{
	struct runner *u = calloc(1, sizeof(*u));
	int err;

	if (!u)
		return NULL;
	processor_take(0);
	u->bpf = *bpf;
	u->hashes = has_feature("futex_hash");
	u->plain = executor_open(bpf, false);
	if (u->plain)
		return u;
	err = errno;
	free(u);
	errno = err;
	return NULL;
}

void runner_close(struct runner *u)
{
	if (!u)
		return;
	executor_close(u->plain);
	executor_close(u->hashed);
	free(u);
}

static struct executor *choose(struct runner *u, const struct program *p)
{
	struct executor **e = p->hash ? &u->hashed : &u->plain;

	if (!*e)
		*e = executor_open(&u->bpf, false);
	return *e;
}

static bool tells(const struct result *r)
{
	return !(r->drained && r->doubt) &&
	       !(WIFSIGNALED(r->status) && WTERMSIG(r->status) == SIGKILL);
}

int runner_run(struct runner *u, const struct program *asked, int times,
	bool fresh, struct runs *r)
{
	struct program copy = *asked, *p = &copy;
	struct runs_kind k;
	struct seen s = { .p = p, .r = &k.result };
	struct executor *e;
	struct finding f;

	if (fresh) {
		executor_close(u->plain);
		executor_close(u->hashed);
		u->plain = u->hashed = NULL;
	}
	memset(r, 0, offsetof(struct runs, kinds));
	/* It would cost a new process, and change nothing. */
	if (!u->hashes)
		copy.hash = 0;
	e = choose(u, p);
	if (!e)
		return -errno;
	check_allows(&u->bpf, p, s.allowed);
	for (int i = 0; i < times; i++) {
		int ret;

		memset(&k, 0, sizeof(k));
		ret = check_once(e, &s, &k.result, &f);
		if (ret < 0)
			return ret;
		k.times = 1;
		k.broken = ret - 1;
		k.step = ret ? f.step : -1;
		k.loose = ret && f.loose;
		if (ret)
			memcpy(k.text, f.text, sizeof(k.text));
		if (tells(&k.result))
			runs_add(r, p, &k);
	}
	return 0;
}
