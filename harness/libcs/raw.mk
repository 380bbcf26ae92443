# SPDX-License-Identifier: MIT
# raw: no libc at all, for the probes that say PROBE_RAW.
FLAVOURS += raw
raw.ORDER := 5
raw.CC    := $(CC)
raw.FLAGS := -DQUARTET_RAW -nostdlib -nostartfiles -static -ffreestanding \
	-fno-stack-protector
raw.ARCH  := x86_64
raw.LIBC  := none
raw.VER   := echo 0.0
