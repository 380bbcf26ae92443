/* SPDX-License-Identifier: MIT */
/* found.c: programs that broke a promise. */
#include "session/found.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "program/behaviour.h"
#include "program/words.h"

static const char *kind_of(const struct program *p, const struct finding *f)
{
	const struct step *s = f->step >= 0 ? &p->steps[f->step] : NULL;
	int op = s ? behaviour_op(s) : OP_NAMES;

	if (!s)
		return "program";
	if (s->kind != STEP_FUTEX)
		return step_names[s->kind];
	return op < OP_NAMES ? op_names[op] : "unknown";
}

/* Under a name of its own until it is whole: another process reads it. */
static int write_text(const char *dir, const char *path,
	const struct program *p, const struct finding *finding)
{
	char part[PATH_MAX];
	bool bad;
	FILE *f;

	snprintf(part, sizeof(part), "%s/.part-%d", dir, (int)getpid());
	/* One that a killed guest left may be the found file's other name. */
	unlink(part);
	f = fopen(part, "we");
	if (!f)
		return -errno;
	fprintf(f, "# breaks %s: ", finding->oracle);
	if (finding->step >= 0) {
		fprintf(f, "step %d, t%u ", finding->step + 1,
			p->steps[finding->step].thread);
		program_print_step(&p->steps[finding->step], f);
		fputs(": ", f);
	}
	fprintf(f, "%s\n", finding->text);
	program_print(p, f);
	bad = ferror(f);
	if (fclose(f) || bad || link(part, path)) {
		int err = bad ? EIO : errno;

		unlink(part);
		return -err;
	}
	unlink(part);
	return 0;
}

int found_save(
	const char *dir, const struct program *p, const struct finding *finding)
{
	char path[PATH_MAX], done[PATH_MAX];

	if (!dir)
		return 0;
	for (int i = 0; i < FOUND_OF_A_KIND; i++) {
		int err;

		snprintf(path, sizeof(path), "%s/%s-%s-%d.futex", dir,
			finding->oracle, kind_of(p, finding), i);
		snprintf(done, sizeof(done), "%s/%s-%s-%d.futex.done", dir,
			finding->oracle, kind_of(p, finding), i);
		/* What was looked into keeps its name. */
		if (!access(path, F_OK) || !access(done, F_OK))
			continue;
		err = write_text(dir, path, p, finding);
		if (err != -EEXIST)
			return err;
	}
	return -EEXIST;
}
