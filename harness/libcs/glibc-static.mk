# SPDX-License-Identifier: MIT
# glibc-static: glibc as it was where the program was built.
FLAVOURS += glibc-static
glibc-static.ORDER := 2
glibc-static.CC    := $(CC)
glibc-static.FLAGS := -pthread -static
glibc-static.SAME  := glibc
glibc-static.ARCH  := x86_64
glibc-static.LIBC  := glibc
glibc-static.VER   := getconf GNU_LIBC_VERSION
