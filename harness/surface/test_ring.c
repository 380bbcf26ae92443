/* SPDX-License-Identifier: MIT */
/* test_ring.c: pages of the kernel's ring buffer, and formats of events,
 * written by hand after kernel/trace/ring_buffer.c and a `format` of Linux 6.1.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "surface/ring.h"

#define COMMON                                                                 \
	"format:\n"                                                            \
	"\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n" \
	"\tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;\n\n"

static const char function_format[] =
	"name: function\nID: 1\n" COMMON
	"\tfield:unsigned long ip;\toffset:8;\tsize:8;\tsigned:0;\n"
	"\tfield:unsigned long parent_ip;\toffset:16;\tsize:8;\tsigned:0;\n\n"
	"print fmt: \" %ps <-- %ps\"\n";
static const char enter_format[] =
	"name: sys_enter\nID: 351\n" COMMON
	"\tfield:long id;\toffset:8;\tsize:8;\tsigned:1;\n"
	"\tfield:unsigned long args[6];\toffset:16;\tsize:48;\tsigned:0;\n";
static const char exit_format[] =
	"name: sys_exit\nID: 350\n" COMMON
	"\tfield:long id;\toffset:8;\tsize:8;\tsigned:1;\n"
	"\tfield:long ret;\toffset:16;\tsize:8;\tsigned:1;\n";
static const char fork_format[] =
	"name: sched_process_fork\nID: 313\n" COMMON
	"\tfield:char child_comm[16];\toffset:28;\tsize:16;\tsigned:1;\n"
	"\tfield:pid_t child_pid;\toffset:44;\tsize:4;\tsigned:1;\n";

static struct ring_format format;
static struct ring_event seen[8];
static int nseen;

static int take(void *context, const struct ring_event *e)
{
	(void)context;
	seen[nseen++] = *e;
	return 0;
}

static int formats(void **state)
{
	(void)state;
	nseen = 0;
	return ring_take_format(&format, RING_FUNCTION, function_format) ||
	       ring_take_format(&format, RING_ENTER, enter_format) ||
	       ring_take_format(&format, RING_EXIT, exit_format) ||
	       ring_take_format(&format, RING_FORK, fork_format);
}

static void lacking(void **state)
{
	struct ring_format f;

	(void)state;
	assert_int_equal(
		ring_take_format(&f, RING_ENTER, exit_format), -EBADMSG);
	assert_int_equal(ring_take_format(&f, RING_EXIT, "ID: 1\n"), -EBADMSG);
	assert_int_equal(ring_take_format(&f, RING_FUNCTION, ""), -EBADMSG);
}

/* A page that is put together piece by piece. */
static uint32_t page[256];
static size_t words;

static void open_page(uint64_t when)
{
	memset(page, 0, sizeof(page));
	memcpy(page, &when, 8);
	words = 4;
}

static void close_page(uint32_t flags)
{
	page[2] = (uint32_t)(words - 4) * 4 | flags;
}

static void put(uint32_t w)
{
	page[words++] = w;
}

static void put_function(uint32_t delta, uint32_t flags, uint32_t tid)
{
	put(6 | delta << 5);
	put(1 | flags << 16);
	put(tid);
	put(0x100);
	put(0xffffffff);
	put(0x200);
	put(0xffffffff);
}

static int read_page(bool *lost)
{
	return ring_page(&format, (const unsigned char *)page, sizeof(page),
		lost, take, NULL);
}

static void events(void **state)
{
	bool lost = false;

	(void)state;
	open_page(1000);
	put_function(5, 0x01, 77); /* interrupts off: the task's all the same */
	put(EBADMSG << 5 | 2);	   /* of a kind that was not asked for */
	put(9999);
	put(77);
	put(31 << 5 | 30); /* time: 1 << 27, and 31 */
	put(1);
	put_function(0, 0x08, 77);
	put(0 | 1 << 5); /* its length stands in the next word */
	put(4 + 64);
	put(351);
	put(78);
	put(202);
	put(0);
	for (uint32_t i = 0; i < 12; i++)
		put(i);
	close_page(0);
	assert_int_equal(read_page(&lost), 0);
	assert_false(lost);
	assert_int_equal(nseen, 3);
	assert_int_equal(seen[0].kind, RING_FUNCTION);
	assert_int_equal(seen[0].when, 1005);
	assert_int_equal(seen[0].tid, 77);
	assert_false(seen[0].interrupt);
	assert_int_equal(seen[0].a, 0xffffffff00000100);
	assert_int_equal(seen[0].b, 0xffffffff00000200);
	assert_true(seen[1].interrupt);
	assert_int_equal(
		seen[1].when, 1005 + EBADMSG + 31 + (UINT64_C(1) << 27));
	assert_int_equal(seen[2].kind, RING_ENTER);
	assert_int_equal(seen[2].tid, 78);
	assert_int_equal(seen[2].a, 202);
	assert_int_equal(seen[2].args[0], UINT64_C(1) << 32);
	assert_int_equal(seen[2].args[1], UINT64_C(3) << 32 | 2);
}

static void losses(void **state)
{
	bool lost = false;

	(void)state;
	open_page(0);
	put_function(1, 0x10, 5);
	close_page(1u << 31);
	assert_int_equal(read_page(&lost), 0);
	assert_true(lost);
	assert_int_equal(nseen, 1);
	assert_true(seen[0].interrupt);
}

/* One that was cut off, or says that it is longer than it is. */
static void broken(void **state)
{
	bool lost = false;

	(void)state;
	open_page(0);
	put_function(1, 0, 5);
	words--;
	close_page(0);
	assert_int_equal(read_page(&lost), -EBADMSG);
	open_page(0);
	page[2] = 1 << 20;
	assert_int_equal(read_page(&lost), -EBADMSG);
	open_page(0);
	put(0);
	put(2);
	close_page(0);
	assert_int_equal(read_page(&lost), -EBADMSG);
	open_page(0);
	put(2);
	put(351);
	put(5);
	close_page(0);
	assert_int_equal(read_page(&lost), -EBADMSG);
	assert_int_equal(ring_page(&format, (const unsigned char *)page, 8,
				 &lost, take, NULL),
		-EBADMSG);
	assert_int_equal(nseen, 0);
}

/* What was taken back stays as padding; one without a time ends the page. */
static void padding(void **state)
{
	bool lost = false;

	(void)state;
	open_page(0);
	put(29 | 3 << 5);
	put(8);
	put(0);
	put_function(1, 0, 5);
	put(29);
	put(0);
	put_function(1, 0, 6);
	close_page(0);
	assert_int_equal(read_page(&lost), 0);
	assert_int_equal(nseen, 1);
	assert_int_equal(seen[0].when, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lacking),
		cmocka_unit_test_setup(events, formats),
		cmocka_unit_test_setup(losses, formats),
		cmocka_unit_test_setup(broken, formats),
		cmocka_unit_test_setup(padding, formats),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
