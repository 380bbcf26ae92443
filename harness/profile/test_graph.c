/* SPDX-License-Identifier: MIT */
/* test_graph.c: graphs of filters beside what the filters say when they run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "profile/atoms.h"
#include "profile/boxes.h"
#include "profile/paths.h"
#include "profile/random.h"

#define TRIES 4000

static uint32_t said(const struct filter *bpf, const uint32_t *words)
{
	struct seccomp_data data;

	memcpy(&data, words, sizeof(data));
	return bpf_run(bpf->insns, bpf->ninsns, &data);
}

/* The leaf that a call comes to. */
static uint32_t leaf(const struct graph *g, uint32_t node, const uint32_t *w)
{
	while (!g->nodes[node].leaf) {
		const struct graph_node *n = &g->nodes[node];
		const uint32_t v = w[n->word] & n->mask;

		node = (n->op == REGION_EQ ? v == n->k : v >= n->k) ? n->yes
								    : n->no;
	}
	return node;
}

/* Where the leaf is a verdict, the filter says it: of the whole filter, of one
 * number, of what is left where words are given. */
static void as_it_runs(void **state)
{
	static struct filter bpf;
	size_t known = 0, whole = 0;
	uint32_t w[REGION_WORDS];

	(void)state;
	for (int i = 0; i < TRIES; i++) {
		struct graph g;
		uint32_t root;

		random_filter(&bpf);
		assert_true(graph_begin(&g));
		root = graph_add(&g, &bpf);
		whole += !g.nodes[root].unknown;
		for (int call = 0; call < 30; call++) {
			uint32_t nodes[4] = { root };

			random_words(w);
			nodes[1] = graph_add_call(&g, &bpf, w[1], (int)w[0]);
			nodes[2] = graph_restrict(&g, root, 4, w[4]);
			nodes[3] = graph_call(&g, root, &bpf, w[1], (int)w[0]);
			for (int k = 0; k < 4; k++) {
				uint32_t at = leaf(&g, nodes[k], w);

				if (at == GRAPH_UNKNOWN)
					continue;
				known++;
				assert_int_equal(g.nodes[at].k, said(&bpf, w));
				assert_true(g.nodes[nodes[k]].verdicts &
					    graph_bit(&g, g.nodes[at].k));
			}
			assert_false(g.nodes[nodes[2]].words >> 4 & 1);
		}
		graph_end(&g);
	}
	assert_true(known > 10 * TRIES);
	assert_true(whole > TRIES / 4);
}

/* Numbers of one range are told apart by no filter. */
static void ranges(void **state)
{
	static struct filter bpf;
	uint32_t w[REGION_WORDS];
	size_t wide = 0;

	(void)state;
	for (int i = 0; i < TRIES; i++) {
		struct atoms a;
		struct graph g;
		uint32_t root;

		random_filter(&bpf);
		assert_true(graph_begin(&g));
		root = graph_add(&g, &bpf);
		atoms_begin(&a);
		atoms_of(&a, &g, root, WORD_NR);
		atoms_sort(&a);
		assert_int_equal(a.first[0], 0);
		assert_int_equal(atoms_last(&a, a.n - 1), 0xffffffff);
		for (size_t k = 0; k < a.n && a.whole; k++) {
			const uint32_t n = atoms_last(&a, k) - a.first[k];

			random_words(w);
			wide += n > 1;
			for (int call = 0; call < 4; call++) {
				uint32_t first, other;

				w[0] = a.first[k];
				first = leaf(&g, root, w);
				w[0] += call ? random_below(n ? n : 1) : n;
				other = leaf(&g, root, w);
				assert_int_equal(first, other);
			}
		}
		atoms_end(&a);
		graph_end(&g);
	}
	assert_true(wide > TRIES);
}

struct seen {
	const struct filter *bpf;
	size_t n, lost;
	uint64_t verdicts;
};

/* The region at a leaf has a call, and it comes there. */
static bool see(void *context, struct paths *w, uint32_t a, uint32_t b)
{
	struct seen *s = context;
	struct seccomp_data data;

	(void)b;
	if (!region_some(&w->r, &w->tests, &data)) {
		s->lost++;
		return true;
	}
	s->n++;
	s->verdicts |= w->g->nodes[a].verdicts;
	if (a != GRAPH_UNKNOWN)
		assert_int_equal(bpf_run(s->bpf->insns, s->bpf->ninsns, &data),
			w->g->nodes[a].k);
	return true;
}

/* Each verdict that some call meets is at the end of some path. */
static void all_paths(void **state)
{
	static struct filter bpf;
	uint32_t words[REGION_WORDS];

	(void)state;
	for (int i = 0; i < TRIES; i++) {
		struct seen s = { .bpf = &bpf };
		struct graph g;
		struct paths w;
		uint32_t node;

		random_filter(&bpf);
		assert_true(graph_begin(&g));
		node = graph_call(&g, graph_add(&g, &bpf), &bpf, 0xc000003e, 1);
		paths_begin(&w, &g, 0xc000003e, 1);
		w.context = &s;
		w.end = see;
		assert_true(paths_follow(&w, node, GRAPH_UNKNOWN));
		assert_int_equal(s.lost, 0);
		for (int call = 0; call < 30 && !g.nodes[node].unknown;
			call++) {
			random_words(words);
			words[0] = 1;
			words[1] = 0xc000003e;
			assert_true(
				s.verdicts & graph_bit(&g, said(&bpf, words)));
		}
		paths_end(&w);
		graph_end(&g);
	}
}

/* Two filters that say the same in other words are one node. */
static void one_form(void **state)
{
	static const struct sock_filter one[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 16),
		BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, 4, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
	};
	static const struct sock_filter two[] = {
		BPF_STMT(BPF_LDX | BPF_IMM, 5),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 16),
		BPF_STMT(BPF_ST, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 20),
		BPF_STMT(BPF_LD | BPF_MEM, 3),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_X, 0, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	static struct filter a = { .mode = FILTER_BPF, .ninsns = 4 };
	static struct filter b = { .mode = FILTER_BPF, .ninsns = 8 };
	struct graph g;

	(void)state;
	memcpy(a.insns, one, sizeof(one));
	memcpy(b.insns, two, sizeof(two));
	assert_true(graph_begin(&g));
	assert_int_equal(graph_add(&g, &a), graph_add(&g, &b));
	a.insns[1].k = 5;
	assert_int_not_equal(graph_add(&g, &a), graph_add(&g, &b));
	graph_end(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_it_runs),
		cmocka_unit_test(ranges),
		cmocka_unit_test(all_paths),
		cmocka_unit_test(one_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
