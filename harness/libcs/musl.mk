# SPDX-License-Identifier: MIT
# musl: static, with the kernel's headers from where glibc has them.
FLAVOURS += musl
musl.ORDER := 3
musl.CC    := musl-gcc
musl.FLAGS := -static -idirafter /usr/include -idirafter \
	/usr/include/x86_64-linux-gnu
musl.ARCH  := x86_64
musl.LIBC  := musl
musl.VER   := { /lib/ld-musl-x86_64.so.1 2>&1 | grep Version; }
