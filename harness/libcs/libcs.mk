# flavours.mk: how a probe is built, one flavour a paragraph. A new flavour is
# a name in FLAVOURS and these lines:
#   NAME.CC     the compiler
#   NAME.FLAGS  what it is given beside PROBE_CFLAGS
#   NAME.ARCH   the audit architecture, as in `quartet list --flavours`
#   NAME.LIBC   glibc, musl or none
#   NAME.VER    a command that prints the libc's version
FLAVOURS := glibc glibc-static musl i386 raw

glibc.CC     := $(CC)
glibc.FLAGS  := -pthread
glibc.ARCH   := x86_64
glibc.LIBC   := glibc
glibc.VER    := getconf GNU_LIBC_VERSION

glibc-static.CC    := $(CC)
glibc-static.FLAGS := -pthread -static -Wl,--no-warnings
glibc-static.ARCH  := x86_64
glibc-static.LIBC  := glibc
glibc-static.VER   := getconf GNU_LIBC_VERSION

musl.CC      := musl-gcc
musl.FLAGS   := -static -idirafter /usr/include -idirafter \
	/usr/include/x86_64-linux-gnu
musl.ARCH    := x86_64
musl.LIBC    := musl
musl.VER     := { /lib/ld-musl-x86_64.so.1 2>&1 | grep Version; }

# With gcc-multilib there is no cross compiler, and none is needed.
i386.CC      := $(or $(shell command -v i686-linux-gnu-gcc),$(CC) -m32)
i386.FLAGS   := -pthread
i386.ARCH    := x86
i386.LIBC    := glibc
i386.VER     := /lib/ld-linux.so.2 --version

raw.CC       := $(CC)
raw.FLAGS    := -DQUARTET_RAW -nostdlib -nostartfiles -static -ffreestanding \
	-fno-stack-protector
raw.ARCH     := x86_64
raw.LIBC     := none
raw.VER      := echo 0.0
