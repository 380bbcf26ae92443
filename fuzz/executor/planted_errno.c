/* SPDX-License-Identifier: MIT */
/* planted_errno.c: faults planted on purpose: what is told, and is not so. */
#ifdef QUARTET_PLANTED

#include "executor/planted_int.h"

/* One errno for another. */
static long instead(struct args *a, int op, long err, long other)
{
	long ret = real(a);

	return cmd(a) == op && ret == -err ? -other : ret;
}

long planted_times_out_again(struct args *a)
{
	return instead(a, FUTEX_WAIT, ETIMEDOUT, EAGAIN);
}

long planted_unaligned_efault(struct args *a)
{
	return instead(a, FUTEX_WAKE, EINVAL, EFAULT);
}

long planted_unknown_einval(struct args *a)
{
	long ret = real(a);

	return ret == -ENOSYS && cmd(a) > FUTEX_LOCK_PI2 ? -EINVAL : ret;
}

long planted_takes_realtime(struct args *a)
{
	if (cmd(a) == FUTEX_WAKE)
		a->op &= ~FUTEX_CLOCK_REALTIME;
	return real(a);
}

long planted_takes_negative(struct args *a)
{
	long ret = real(a);

	return cmd(a) == FUTEX_REQUEUE && (int)a->val < 0 && ret == -EINVAL
		       ? 0
		       : ret;
}

long planted_takes_no_bits(struct args *a)
{
	long ret = real(a);

	return cmd(a) == FUTEX_WAKE_BITSET && !a->val3 && ret == -EINVAL ? 0
									 : ret;
}

long planted_woken_eintr(struct args *a)
{
	long ret = real(a);

	return cmd(a) == FUTEX_WAIT_BITSET && ret == 0 ? -EINTR : ret;
}

long planted_takes_any_time(struct args *a)
{
	long ret = real(a);

	return cmd(a) == FUTEX_WAIT_BITSET && ret == -EINVAL && a->val3 &&
			       aligned(a)
		       ? -ETIMEDOUT
		       : ret;
}

#else

typedef int planted_nothing;

#endif
