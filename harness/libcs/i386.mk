# SPDX-License-Identifier: MIT
# i386: dynamic glibc of 32 bits. With gcc-multilib there is no cross compiler,
# and none is needed.
FLAVOURS += i386
i386.ORDER := 4
i386.CC    := $(or $(shell command -v i686-linux-gnu-gcc),$(CC) -m32)
i386.FLAGS := -pthread
i386.ARCH  := x86
i386.LIBC  := glibc
i386.ASK   := /lib/ld-linux.so.2 --version
