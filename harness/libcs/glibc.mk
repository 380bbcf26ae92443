# SPDX-License-Identifier: MIT
# glibc: dynamic, as most programs are. Also what declares the probes.
FLAVOURS += glibc
glibc.ORDER := 1
glibc.CC    := $(CC)
glibc.FLAGS := -pthread
glibc.ARCH  := x86_64
glibc.LIBC  := glibc
glibc.ASK   := getconf GNU_LIBC_VERSION
