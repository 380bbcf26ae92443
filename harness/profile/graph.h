/* SPDX-License-Identifier: MIT */
/*
 * graph.h: what a filter decides, as a graph: each node tests a word of the
 * call and leads on to two others, each leaf is a verdict. Instructions that
 * only move values are gone, and so are tests that change nothing. Nodes of
 * one graph that have the same tests and ends are one node, of whichever
 * filter they come. Pure code.
 */
#ifndef PROFILE_GRAPH_H
#define PROFILE_GRAPH_H

#include "profile/region.h"
#include "sys/bpf.h"

/* A leaf: what comes of it is not known, as the filter computes with words in
 * a way that is not followed, or there is no memory. It equals nothing, itself
 * not either. */
#define GRAPH_UNKNOWN  0u

#define GRAPH_VERDICTS 63 /* that have a bit of their own */

struct graph_node {
	/* On a word and a mask, REGION_EQ, or REGION_GE where that is not
	 * enough; of a leaf K is the verdict. */
	uint32_t k, mask;
	uint8_t word, op;
	bool leaf;
	bool unknown;	/* GRAPH_UNKNOWN is among its ends */
	uint16_t words; /* bit W: word W is tested here or farther on */
	uint32_t yes, no;
	uint64_t verdicts; /* bit per g->verdicts; the last: any other */
};

struct graph {
	size_t n, size;
	struct graph_node *nodes; /* who a node leads to stands before it */
	uint32_t *slots, nslots;  /* by hash */
	unsigned nverdicts;
	uint32_t verdicts[GRAPH_VERDICTS];
	struct graph_memo *memo;
	size_t nmemo;
	uint32_t turn;
};

/* False: out of memory. graph_end ends it, too. */
bool graph_begin(struct graph *g);
void graph_end(struct graph *g);

/* The node for all calls of BPF, a checked filter. */
uint32_t graph_add(struct graph *g, const struct filter *bpf);

/* The node for calls of ARCH and NR alone, which more filters have without an
 * end that is not known: they compute with the number. */
uint32_t graph_add_call(
	struct graph *g, const struct filter *bpf, uint32_t arch, int nr);

/* The node for calls of ARCH and NR, ROOT being graph_add's for BPF. */
uint32_t graph_call(struct graph *g, uint32_t root, const struct filter *bpf,
	uint32_t arch, int nr);

/* What bpf_reach says, by the graph: REACH->loads has the words that decide,
 * the architecture and the number if they do for some call. */
void graph_reach(struct graph *g, uint32_t root, const struct filter *bpf,
	uint32_t arch, int nr, struct bpf_reach *reach);

/* The verdict of DATA, from NODE on; 0 where that is not known. */
uint32_t graph_run(
	const struct graph *g, uint32_t node, const struct seccomp_data *data);

/* What is left of NODE where WORD has that value. */
uint32_t graph_restrict(
	struct graph *g, uint32_t node, unsigned word, uint32_t value);

/* A leaf. */
uint32_t graph_leaf(struct graph *g, uint32_t verdict);

/* The test of a node, as a region takes it. */
struct region_test graph_test(const struct graph_node *n, bool truth);

/* The bit of VERDICT in verdicts; 0: it is in no graph. */
uint64_t graph_bit(const struct graph *g, uint32_t verdict);

/* For those who add nodes: (word & mask) OP k. */
uint32_t graph_node(
	struct graph *g, struct region_test test, uint32_t yes, uint32_t no);

#endif
