/* SPDX-License-Identifier: MIT */
/* script.c: the frames of a script among those of its interpreter. */
#include "stack/script.h"

#include <stdbool.h>
#include <string.h>

/* The interpreter may be a library of a program with any name. */
static bool may_have_it(const struct frame *f)
{
	return python_is_loop(f->function) || strstr(f->module, "python");
}

static const struct python *find(
	struct image *image, pid_t tid, const struct frame *frames, int n)
{
	for (int i = 0; i < n && !image->python.runtime; i++) {
		Dwfl_Module *module =
			dwfl_addrmodule(image->dwfl, frames[i].ip - 1);

		if (!module || !may_have_it(&frames[i]) ||
			module == image->no_python)
			continue;
		image->python = python_find(module, tid);
		image->no_python = module;
	}
	return image->python.runtime ? &image->python : NULL;
}

/* Does F, which OUTER called, run the loop to which the ENTRY belongs? By the
 * loop's name where it has no mark of its own on the stack. */
static bool runs(const struct frame *f, const struct frame *outer,
	const struct python_frame *entry)
{
	if (!entry->shim || !f->sp || !outer || !outer->sp)
		return python_is_loop(f->function);
	return f->sp <= entry->shim && entry->shim < outer->sp;
}

/* The next entry from AT on; N: there is none. */
static int next_entry(const struct python_frame *script, int at, int n)
{
	while (at < n && !script[at].entry)
		at++;
	return at;
}

int script_add(struct image *image, pid_t tid, uint64_t tcb,
	struct frame *frames, int n, int max)
{
	static struct frame native[STACK_FRAMES];
	static struct python_frame script[PYTHON_FRAMES];
	const struct python *py = find(image, tid, frames, n);
	int scripts, at = 0, to = 0;

	if (!py)
		return n;
	scripts = python_frames(py, tid, tcb, script, PYTHON_FRAMES);
	memcpy(native, frames, (size_t)n * sizeof(*frames));
	for (int i = 0; i < n && to < max; i++) {
		int entry = next_entry(script, at, scripts);

		if (entry < scripts &&
			runs(&native[i], i + 1 < n ? &native[i + 1] : NULL,
				&script[entry]))
			for (; at <= entry && to < max; at++)
				python_name(
					py, tid, &script[at], &frames[to++]);
		if (to < max)
			frames[to++] = native[i];
	}
	return to;
}
