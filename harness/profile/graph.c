/* SPDX-License-Identifier: MIT */
/* graph.c: the table of nodes. */
#include "profile/graph.h"

#include <stdlib.h>
#include <string.h>

#include "profile/boxes.h"
#include "sys/hash.h"

#define WHOLE	 0xffffffffu
#define MOST	 (1u << 22) /* nodes; a filter has some thousand */
#define OTHERS	 ((uint64_t)1 << GRAPH_VERDICTS)
#define MAX_WORD (REGION_WORDS - 1)

struct graph_memo {
	uint32_t turn, node;
};

bool graph_begin(struct graph *g)
{
	*g = (struct graph){ .nslots = 1024, .size = 256 };
	g->slots = calloc(g->nslots, sizeof(*g->slots));
	g->nodes = calloc(g->size, sizeof(*g->nodes));
	if (!g->slots || !g->nodes) {
		graph_end(g);
		return false;
	}
	g->nodes[g->n++] = (struct graph_node){
		.leaf = true, .unknown = true, .verdicts = OTHERS
	};
	return true;
}

void graph_end(struct graph *g)
{
	free(g->slots);
	free(g->nodes);
	free(g->memo);
	*g = (struct graph){ 0 };
}

static uint32_t hash_of(const struct graph_node *n)
{
	const uint32_t key[] = { n->k, n->mask, n->yes, n->no,
		(uint32_t)(n->word | n->op << 8 | n->leaf << 16) };
	uint32_t h = HASH32;

	for (size_t i = 0; i < sizeof(key) / sizeof(*key); i++)
		h = (h ^ key[i]) * 0x9e3779b1u ^ h >> 15;
	return h ^ h >> 13;
}

static bool is_same(const struct graph_node *a, const struct graph_node *b)
{
	return a->leaf == b->leaf && a->k == b->k && a->mask == b->mask &&
	       a->word == b->word && a->op == b->op && a->yes == b->yes &&
	       a->no == b->no;
}

static uint32_t *slot_of(const struct graph *g, const struct graph_node *n)
{
	uint32_t i = hash_of(n) & (g->nslots - 1);

	while (g->slots[i] && !is_same(&g->nodes[g->slots[i]], n))
		i = (i + 1) & (g->nslots - 1);
	return &g->slots[i];
}

/* Room for one node more. */
static bool grow(struct graph *g)
{
	const size_t size = 2 * g->size;
	struct graph_node *nodes;
	uint32_t *slots;

	if (g->n < g->size)
		return true;
	slots = size <= MOST ? calloc(4 * size, sizeof(*slots)) : NULL;
	nodes = slots ? realloc(g->nodes, size * sizeof(*nodes)) : NULL;
	if (!nodes) {
		free(slots);
		return false;
	}
	free(g->slots);
	g->nodes = nodes;
	g->size = size;
	g->slots = slots;
	g->nslots = (uint32_t)(4 * size);
	for (size_t i = 1; i < g->n; i++)
		*slot_of(g, &g->nodes[i]) = (uint32_t)i;
	return true;
}

static uint32_t intern(struct graph *g, const struct graph_node *n)
{
	uint32_t *slot;

	if (!grow(g))
		return GRAPH_UNKNOWN;
	slot = slot_of(g, n);
	if (!*slot) {
		g->nodes[g->n] = *n;
		*slot = (uint32_t)g->n++;
	}
	return *slot;
}

uint64_t graph_bit(const struct graph *g, uint32_t verdict)
{
	for (unsigned i = 0; i < g->nverdicts; i++)
		if (g->verdicts[i] == verdict)
			return (uint64_t)1 << i;
	return g->nverdicts == GRAPH_VERDICTS ? OTHERS : 0;
}

uint32_t graph_leaf(struct graph *g, uint32_t verdict)
{
	struct graph_node n = { .leaf = true, .k = verdict };

	if (!graph_bit(g, verdict))
		g->verdicts[g->nverdicts++] = verdict;
	n.verdicts = graph_bit(g, verdict);
	return intern(g, &n);
}

struct region_test graph_test(const struct graph_node *n, bool truth)
{
	return (struct region_test){ n->word, n->mask, n->op, n->k, truth, 0 };
}

static void swap(uint32_t *a, uint32_t *b)
{
	uint32_t was = *a;

	*a = *b;
	*b = was;
}

/* One form for tests that say the same. 1, 0: it is always true, or never. */
static int settle(struct region_test *t, uint32_t *yes, uint32_t *no)
{
	if (t->op == REGION_GT && t->k == WHOLE)
		return 0;
	if (t->op == REGION_GT) {
		t->op = REGION_GE;
		t->k++;
	}
	if (t->op == REGION_GE && (!t->k || t->k > t->mask))
		return !t->k;
	if (t->op == REGION_GE && t->k == t->mask) {
		t->op = REGION_EQ;
	} else if (t->op == REGION_GE && t->k == 1) {
		t->op = REGION_EQ;
		t->k = 0;
		swap(yes, no);
	}
	if (t->op == REGION_EQ && t->k & ~t->mask)
		return 0;
	if (t->op == REGION_EQ && !t->mask)
		return 1;
	if (t->op == REGION_EQ && t->k && !(t->mask & (t->mask - 1))) {
		t->k = 0;
		swap(yes, no);
	}
	return -1;
}

static uint32_t behind(const struct graph *g, uint32_t child,
	const struct graph_node *n, bool truth)
{
	const struct graph_node *c = &g->nodes[child];

	if (c->leaf || c->word != n->word || c->mask != n->mask ||
		c->op != n->op || c->k != n->k)
		return child;
	return truth ? c->yes : c->no;
}

uint32_t graph_node(
	struct graph *g, struct region_test t, uint32_t yes, uint32_t no)
{
	struct graph_node n;
	int always = settle(&t, &yes, &no);

	if (always >= 0)
		return always ? yes : no;
	n = (struct graph_node){
		.k = t.k, .mask = t.mask, .word = t.word & MAX_WORD, .op = t.op
	};
	n.yes = behind(g, yes, &n, true);
	n.no = behind(g, no, &n, false);
	if (n.yes == n.no)
		return n.yes;
	n.words = (uint16_t)(1u << n.word | g->nodes[n.yes].words |
			     g->nodes[n.no].words);
	n.unknown = g->nodes[n.yes].unknown || g->nodes[n.no].unknown;
	n.verdicts = g->nodes[n.yes].verdicts | g->nodes[n.no].verdicts;
	return intern(g, &n);
}

static bool passes(const struct graph_node *n, uint32_t value)
{
	return n->op == REGION_EQ ? (value & n->mask) == n->k
				  : (value & n->mask) >= n->k;
}

uint32_t graph_run(
	const struct graph *g, uint32_t node, const struct seccomp_data *data)
{
	const struct graph_node *n = &g->nodes[node];
	uint32_t words[REGION_WORDS];

	memcpy(words, data, sizeof(words));
	while (!n->leaf)
		n = &g->nodes[passes(n, words[n->word]) ? n->yes : n->no];
	return n->k;
}

static uint32_t restrict_from(
	struct graph *g, uint32_t node, unsigned word, uint32_t value)
{
	struct graph_node n = g->nodes[node];
	const uint32_t first = node;
	uint32_t yes, no;

	while (!n.leaf && n.word == word) {
		node = passes(&n, value) ? n.yes : n.no;
		n = g->nodes[node];
	}
	if (!(n.words >> word & 1))
		return node;
	if (g->memo[first].turn == g->turn)
		return g->memo[first].node;
	yes = restrict_from(g, n.yes, word, value);
	no = restrict_from(g, n.no, word, value);
	node = graph_node(g, graph_test(&n, true), yes, no);
	g->memo[first] = (struct graph_memo){ g->turn, node };
	return node;
}

/* A place in the memo for each node that there is now. */
static bool begin_turn(struct graph *g)
{
	struct graph_memo *more;

	g->turn++;
	if (g->nmemo >= g->n)
		return true;
	more = realloc(g->memo, g->size * sizeof(*more));
	if (!more)
		return false;
	memset(more + g->nmemo, 0, (g->size - g->nmemo) * sizeof(*more));
	g->memo = more;
	g->nmemo = g->size;
	return true;
}

uint32_t graph_restrict(
	struct graph *g, uint32_t node, unsigned word, uint32_t value)
{
	if (!begin_turn(g))
		return GRAPH_UNKNOWN;
	return restrict_from(g, node, word, value);
}

uint32_t graph_call(struct graph *g, uint32_t root, const struct filter *bpf,
	uint32_t arch, int nr)
{
	uint32_t node = graph_restrict(g, root, WORD_ARCH, arch);

	node = graph_restrict(g, node, WORD_NR, (uint32_t)nr);
	return g->nodes[node].unknown ? graph_add_call(g, bpf, arch, nr) : node;
}

void graph_reach(struct graph *g, uint32_t root, const struct filter *bpf,
	uint32_t arch, int nr, struct bpf_reach *reach)
{
	const uint16_t head = 1u << WORD_ARCH | 1u << WORD_NR;
	const uint16_t first = g->nodes[root].words & head;
	const struct graph_node *n =
		&g->nodes[graph_call(g, root, bpf, arch, nr)];
	const unsigned most = sizeof(reach->verdicts) / sizeof(uint32_t);

	if (n->unknown || n->verdicts >> GRAPH_VERDICTS) {
		bpf_reach(bpf->insns, bpf->ninsns, arch, nr, reach);
		return;
	}
	*reach = (struct bpf_reach){ .whole = true, .loads = n->words | first };
	for (unsigned i = 0; i < g->nverdicts; i++) {
		if (!(n->verdicts >> i & 1))
			continue;
		if (reach->n == most)
			reach->whole = false;
		else
			reach->verdicts[reach->n++] = g->verdicts[i];
	}
}
