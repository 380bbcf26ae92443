/* SPDX-License-Identifier: MIT */
/* sorted.c: see sorted.h. The file is a stranger's: sizes may reach over all.
 */
#include "stack/sorted.h"

#include <stdbool.h>
#include <stdlib.h>

#define WORTH	4	  /* so many questions before it is made */
#define SYMBOLS (1 << 20) /* more are not sorted */
#define STEPS	4096	  /* symbols that are looked at for one address */

struct sorted_symbol {
	uint64_t value, size; /* from where the module begins */
	uint64_t reach;	      /* the highest end of this and all before */
	int number;
	uint8_t rank; /* by its binding */
};

void sorted_free(struct sorted *s)
{
	free(s->v);
	*s = (struct sorted){ 0 };
}

static uint8_t rank_of(const GElf_Sym *sym)
{
	switch (GELF_ST_BIND(sym->st_info)) {
	case STB_GLOBAL:
		return 3;
	case STB_WEAK:
		return 2;
	case STB_LOCAL:
		return 1;
	}
	return 0;
}

static bool counts(const char *name, const GElf_Sym *sym)
{
	unsigned type = GELF_ST_TYPE(sym->st_info);

	return name && name[0] && sym->st_shndx != SHN_UNDEF &&
	       type != STT_SECTION && type != STT_FILE && type != STT_TLS;
}

static int by_value(const void *a, const void *b)
{
	const struct sorted_symbol *p = a, *q = b;

	if (p->value != q->value)
		return p->value < q->value ? -1 : 1;
	return p->number < q->number ? -1 : 1;
}

static void make(struct sorted *s, Dwfl_Module *module, uint64_t start)
{
	int all = dwfl_module_getsymtab(module);
	uint64_t reach = 0;

	s->n = -1;
	s->v = all > 0 && all < SYMBOLS ? calloc((size_t)all, sizeof(*s->v))
					: NULL;
	if (!s->v)
		return;
	s->n = 0;
	for (int i = 1; i < all; i++) {
		GElf_Addr value;
		GElf_Sym sym;
		const char *name = dwfl_module_getsym_info(
			module, i, &sym, &value, NULL, NULL, NULL);

		if (counts(name, &sym) && value >= start)
			s->v[s->n++] =
				(struct sorted_symbol){ .value = value - start,
					.size = sym.st_size,
					.number = i,
					.rank = rank_of(&sym) };
	}
	qsort(s->v, (size_t)s->n, sizeof(*s->v), by_value);
	for (int i = 0; i < s->n; i++) {
		uint64_t end = s->v[i].value + s->v[i].size;

		reach = end > reach ? end : reach;
		s->v[i].reach = reach;
	}
}

/* Is P chosen before Q? One that is not local before all that are; then who
 * begins nearer. */
static bool is_better(
	const struct sorted_symbol *p, const struct sorted_symbol *q)
{
	if ((p->rank > 1) != (q->rank > 1))
		return p->rank > 1;
	if (p->value != q->value)
		return p->value > q->value;
	if (p->rank != q->rank)
		return p->rank > q->rank;
	if (p->size != q->size)
		return p->size < q->size;
	return p->number < q->number;
}

/* How many begin at OFFSET or before. */
static int count_before(const struct sorted *s, uint64_t offset)
{
	int low = 0, high = s->n;

	while (low < high) {
		int mid = low + (high - low) / 2;

		if (s->v[mid].value <= offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Does a label without a size, behind all that have one, reach there? Whether
 * it may is libdw's to say. */
static bool has_label(const struct sorted *s, int n)
{
	for (int i = n - 1; i >= 0 && s->v[i].value >= s->v[n - 1].reach; i--)
		if (!s->v[i].size)
			return true;
	return false;
}

int sorted_find(
	struct sorted *s, Dwfl_Module *module, uint64_t start, uint64_t offset)
{
	const struct sorted_symbol *best = NULL;
	int n;

	if (!s->v && !s->n && ++s->asked >= WORTH)
		make(s, module, start);
	if (!s->v)
		return SORTED_ASK;
	n = count_before(s, offset);
	for (int i = n - 1; i >= 0 && s->v[i].reach > offset; i--) {
		const struct sorted_symbol *p = &s->v[i];

		if (n - i > STEPS)
			return SORTED_ASK;
		if (offset - p->value < p->size &&
			(!best || is_better(p, best)))
			best = p;
	}
	if (best)
		return best->number;
	return n && s->v[n - 1].reach <= offset && has_label(s, n)
		       ? SORTED_ASK
		       : SORTED_NONE;
}
