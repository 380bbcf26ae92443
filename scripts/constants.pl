#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# constants.pl INCLUDE PACKAGE=VERSION...: print the table of the constants
# that arguments of system calls have names for, from the headers below
# INCLUDE, for harness/sys/constants.c. scripts/constants fetches them. As
# minijail's own table (gen_constants.sh) it has what the preprocessor finds,
# converted to unsigned long; enumerators too.
use strict;
use warnings;

# Where a name has two values, the first header that has it decides: what
# programs see goes before what the kernel sees.
my @headers = (
	qw(errno.h fcntl.h signal.h sched.h time.h unistd.h poll.h
		spawn.h netinet/in.h netinet/tcp.h),
	map({ "sys/$_.h" } qw(mman socket stat resource ioctl epoll eventfd
		inotify fanotify signalfd timerfd timex ptrace wait shm sem msg
		ipc time mount reboot personality prctl random swap xattr quota
		file uio rseq)),
	'asm/prctl.h', 'asm/ldt.h',
	map({ "linux/$_.h" } qw(prctl sched sched/types futex fs loop fd mman
		net in serial sockios termios fscrypt fsverity mount openat2
		fcntl random memfd bpf seccomp userfaultfd perf_event keyctl
		kexec io_uring landlock pidfd membarrier rseq close_range stat
		wait capability securebits netlink if_packet if_tun vm_sockets
		sync_file dma-buf blkpg blkzoned cdrom watchdog nsfs fiemap
		falloc inotify fanotify aio_abi mempolicy lsm shm msg sem ipc
		tty vt kd ptrace timerfd xattr i2c-dev)),
);

# Of these no more than the requests of ioctl(2).
my @devices = (
	map({ "linux/$_.h" } qw(kvm vhost dm-ioctl uinput input hidraw hiddev
		usbdevice_fs videodev2 cec dma-heap udmabuf rtc gpio tee
		nvme_ioctl mmc/ioctl spi/spidev ppp-ioctl)),
	'mtd/mtd-abi.h', 'sound/asound.h', 'drm/drm.h', 'drm/i915_drm.h',
	'drm/virtgpu_drm.h', 'drm/amdgpu_drm.h',
);

# What no call is given: commands of drives, limits of C.
my $none = qr/_H_*$|^GPCMD_|^PERF_MEM_|^BPF_FUNC_|^DVD_|^(?:U?INT\w*|U?LONG|
	U?CHAR|SCHAR|U?SHRT|LLONG|ULLONG|SSIZE|WCHAR)_(?:MAX|MIN|WIDTH)$|^_|
	^(?:SIGRTMAX|SIGRTMIN|NULL|SIG_\w+)$/x;

my ($include, @packages) = @ARGV;
die "usage: constants.pl INCLUDE PACKAGE=VERSION...\n" if !@packages;
chomp(my $own = `gcc -print-file-name=include`);
my @gcc = ('gcc', '-std=gnu11', '-D_GNU_SOURCE', '-nostdinc', '-w',
	map { ('-isystem', $_) } $own, "$include/x86_64-linux-gnu", $include);

# What a run of the compiler prints, on both outputs.
sub run {
	my ($text, @args) = @_;
	open(my $to, '>', 'constants.c') or die "constants.pl: $!\n";
	print $to $text;
	close $to or die "constants.pl: $!\n";
	my $said = join ' ', map { "'$_'" } @gcc, @args, 'constants.c';
	return scalar `$said 2>&1`;
}

sub start {
	my ($header) = @_;
	# Some of the kernel's headers do not stand alone.
	my @first = $header =~ m{^(?:linux|drm|scsi|sound|mtd)/} ?
		qw(stddef.h stdint.h linux/types.h linux/ioctl.h) : ();
	push @first, 'time.h', 'sys/time.h'
		if $header =~ m{/(?:input|videodev2|uinput|sg|asound)\.h};
	return join '', map { "#include <$_>\n" } @first, $header;
}

# The names that a header brings: macros without arguments, enumerators.
sub names_of {
	my ($start, $requests) = @_;
	my %names;
	for (split /\n/, run($start, '-E', '-dM')) {
		my ($name, $is) = /^#define ([A-Z][A-Z0-9_]*) +(\S.*)/ or next;
		$names{$name} = 1 if !$requests || $is =~ /IO[RWC]*\(/;
	}
	my $text = $requests ? '' : run($start, '-E', '-P');
	while ($text =~ /\benum\b[^{};()]*\{([^{}]*)\}/g) {
		my $list = $1;
		$names{$1} = 1 while
			$list =~ /(?:^|,)\s*([A-Z][A-Z0-9_]*)\s*(?==|,|$)/g;
	}
	return grep { !/$none/ } sort keys %names;
}

# Their values: { name => value }; what is no number at compile time has none.
sub values_of {
	my ($start, @names) = @_;
	my ($line) = $start =~ tr/\n//;
	my $text = $start . join '', map {
		"_Static_assert(((($_) | 0) || 1) && __builtin_constant_p($_), \"\");\n"
	} @names;
	my %bad = map { $_ => 1 } run($text, '-fmax-errors=0', '-fsyntax-only')
		=~ /^constants\.c:(\d+):\d+: (?:fatal )?error/mg;
	my @good = grep { !$bad{ ++$line } } @names;
	my $said = run($start . "const unsigned long values[] = {\n" .
		join('', map { "(unsigned long)($_),\n" } @good) . "1 };\n",
		'-S', '-o', '-');
	my ($of) = $said =~ /^values:\n(.*)/ms;
	print STDERR "constants.pl: $start$said" if !defined $of;
	return {} if !defined $of;
	my %values;
	for (split /\n/, $of) {
		if (/^\s+\.quad\s+(-?\d+)/) {
			my $name = shift @good // last;
			$values{$name} = $1;
		} elsif (/^\s+\.zero\s+(\d+)/) {
			$values{ shift @good } = 0 for 1 .. $1 / 8;
		}
	}
	die "constants.pl: ${start}left: @good\n" if @good;
	return \%values;
}

my (%values, %from, %said);
for my $header (@headers, @devices) {
	my $start = start($header);
	my $of = values_of($start,
		names_of($start, scalar grep { $_ eq $header } @devices));
	print STDERR "constants.pl: $header: nothing\n" if !%$of;
	for (sort keys %$of) {
		print STDERR "constants.pl: $_: $values{$_} by $from{$_}, ",
			"$of->{$_} by $header\n" if exists $values{$_} &&
			$values{$_} ne $of->{$_} && !$said{$_}++;
		next if exists $values{$_};
		$values{$_} = $of->{$_};
		$from{$_} = $header;
	}
}
unlink 'constants.c';
print <<END;
/* SPDX-License-Identifier: MIT */
/*
 * Made by scripts/constants: do not edit. From Debian's
@{[join "\n", map { ' * ' . s/=/ /r } @packages]}
 * By name, in the order of strcmp(3); as on x86-64.
 */
END
printf "{ \"%s\", 0x%x },\n", $_, $values{$_} for sort keys %values;
