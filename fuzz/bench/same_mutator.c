/* SPDX-License-Identifier: MIT */
/* same_mutator.c: changes nothing, so that two targets run the same programs.
 * The functions are those of AFL++'s docs/custom_mutators.md. */
#include <stddef.h>

void *afl_custom_init(void *afl, unsigned int seed);
size_t afl_custom_fuzz(void *data, unsigned char *buf, size_t size,
	unsigned char **out, unsigned char *add, size_t add_size, size_t max);
void afl_custom_deinit(void *data);

void *afl_custom_init(void *afl, unsigned int seed)
{
	(void)seed;
	return afl;
}

size_t afl_custom_fuzz(void *data, unsigned char *buf, size_t size,
	unsigned char **out, unsigned char *add, size_t add_size, size_t max)
{
	(void)data;
	(void)add;
	(void)add_size;
	*out = buf;
	return size < max ? size : max;
}

void afl_custom_deinit(void *data)
{
	(void)data;
}
