#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# calls.pl NAME=VERSION=TREE...: print the table of system calls of the Linux
# trees, the oldest first, for harness/sys/calls.c. scripts/calls fetches them.
use strict;
use warnings;
use File::Find;
use List::Util qw(min reduce);

my @arches = qw(x86_64 i386 x32 aarch64);

# Bits that the kernel looks at in what 64-bit programs pass.
my %bits = (
	map({ $_ => 16 } qw(umode_t old_uid_t old_gid_t)),
	map({ $_ => 32 } 'int', 'unsigned int', 'unsigned', qw(u32 __u32 __s32
		uid_t gid_t pid_t qid_t key_t key_serial_t clockid_t timer_t
		mqd_t rwf_t)),
	map({ $_ => 64 } 'long', 'unsigned long', qw(size_t loff_t off_t u64
		__u64 aio_context_t cap_user_header_t cap_user_data_t)),
);

# Of an argument that is wider by its type: kernel/fork.c takes the lower half.
my %lower = (clone => [0, qr/lower_32_bits\(clone_flags\)/, 'kernel/fork.c']);

# Arguments that are sets of flags, by their names in the kernel; and one that
# its name does not tell.
my $flags = qr/^(\w+_)?flags?$|^(prot|mode|mask|newmask|options|oflag|\w+flg)$/;
my %flags_too = map({ $_ => [1, qr/type & ~SOCK_TYPE_MASK/, 'net/socket.c'] }
	qw(socket socketpair));

# A pointer by its type, which some operations take for a number.
my %number_too = (futex => [3, qr/\(unsigned long\)utime/,
	'kernel/futex/syscalls.c']);

# What no tree has an entry for, from old manual pages; the others had none.
my %old = (_sysctl => 1, bdflush => 2, create_module => 2, epoll_ctl_old => 4,
	epoll_wait_old => 4, get_kernel_syms => 1, nfsservctl => 3,
	query_module => 5, vm86 => 2, vm86old => 1);

# Of several definitions, which Kconfig chooses, the one that x86 has.
my %choose = (clone => 'unsigned long,unsigned long,int*,int*,unsigned long',
	sigsuspend => 'int,int,old_sigset_t');

sub slurp {
	my ($path) = @_;
	open(my $in, '<', $path) or die "calls.pl: $path: $!\n";
	local $/;
	return scalar <$in>;
}

# ABIS: which architectures have the lines of each ABI.
sub read_tbl {
	my ($tree, $path, $abis) = @_;
	for (split /\n/, slurp($path)) {
		my ($nr, $abi, $name, $entry, $compat) = split;
		next if !defined $nr || $nr !~ /^\d+$/ || !$abis->{$abi};
		$entry = $compat if defined $compat && $compat ne '-' &&
			$abi eq 'i386';
		for my $arch (@{ $abis->{$abi} }) {
			$tree->{$arch}{$name} = [$nr,
				!defined $entry || $entry =~ /^(-|sys_ni_\w+)$/
				? '' : $entry];
		}
	}
}

# Before 6.11, arm64 had its numbers in a header.
sub read_header {
	my ($tree, $dir) = @_;
	my $wants = slurp("$dir/arch/arm64/include/uapi/asm/unistd.h");
	my @flags = map { "-D$_" } '__BITS_PER_LONG=64',
		$wants =~ /^#define (__ARCH_WANT\w+)/mg;
	my %number;

	open(my $in, '-|', 'sh', '-c', 'f=$1; shift; grep -v "^#include" "$f" |
		cpp -undef -nostdinc -dM "$@" -', 'sh',
		"$dir/include/uapi/asm-generic/unistd.h", @flags)
		or die "calls.pl: cpp: $!\n";
	while (<$in>) {
		$number{$1} = $2 if /^#define __NR(\w+)\s+(\w+)/;
	}
	close $in or die "calls.pl: cpp failed on $dir\n";
	delete @number{qw(_syscalls _arch_specific_syscall)};
	for my $name (grep { /^_/ } keys %number) {
		my $nr = $number{$name};
		$nr = $number{$1} if $nr =~ /^__NR(3264_\w+)$/;
		$tree->{aarch64}{ substr($name, 1) } = [$nr, 'sys_?'];
	}
}

sub read_numbers {
	my ($dir) = @_;
	my %tree;
	my $x86 = "$dir/arch/x86/entry/syscalls";
	read_tbl(\%tree, "$x86/syscall_64.tbl", { common => ['x86_64', 'x32'],
		64 => ['x86_64'], x32 => ['x32'] });
	read_tbl(\%tree, "$x86/syscall_32.tbl", { i386 => ['i386'] });
	if (-e "$dir/scripts/syscall.tbl") {
		my ($own) = slurp("$dir/arch/arm64/kernel/Makefile.syscalls")
			=~ /^syscall_abis_64\s*\+=\s*(.*)$/m;
		read_tbl(\%tree, "$dir/scripts/syscall.tbl",
			{ map { $_ => ['aarch64'] } 'common', 64, split ' ', $own });
	} else {
		read_header(\%tree, $dir);
	}
	return \%tree;
}

sub type_of {
	my ($type) = @_;
	$type =~ s/\b(const|volatile|__user|__force|__restrict|struct)\b//g;
	$type =~ s/\s+/ /g;
	$type =~ s/^ | $| (?=\*)//g;
	return $type =~ /\*/ ? '*' : $type;
}

# What the entries of a tree take: { name => [[type, ...], ...] }.
sub read_entries {
	my ($dir) = @_;
	my (%entries, %named, %optional);
	my $find = sub {
		return if !/\.c$/ || $File::Find::name =~ m{/arch/(?!x86/)|/um/};
		my $text = slurp($_);
		$optional{ ($1 ? 'compat_' : '') . "sys_$2" } = 1 while
			$text =~ /^COND_SYSCALL(_COMPAT)?\((\w+)\)/mg;
		$text =~ s{/\*.*?\*/}{}gs;
		$text =~ s{(?:SC_ARG64|compat_arg_u64_dual)\((\w+)\)}
			{u32, $1, u32, $1}g;
		my $left = () = $text =~ /^(?:COMPAT_)?SYSCALL(?:32)?_DEFINE/mg;
		while ($text =~ /^(COMPAT_)?SYSCALL(32)?_DEFINE([0-6])\(\s*(\w+)\s*(?:,([^()]*))?\)/mg) {
			my ($n, $name) = ($3, ($1 || $2 ? 'compat_' : '') . "sys_$4");
			my @list = split /,/, $5 // '';
			die "calls.pl: $File::Find::name: $name: not $n arguments\n"
				if @list != 2 * $n;
			my @types = map { type_of($list[2 * $_]) } 0 .. $n - 1;
			my @names = map { $list[2 * $_ + 1] =~ s/\s//gr } 0 .. $n - 1;
			# The other definition is for kernels built with it.
			$optional{$name} = 1
				if $text =~ /\G\s*\{\s*return -ENOSYS;\s*\}/;
			$left--;
			$entries{$name}{ join ',', @types } = \@types;
			$named{$name}{ join ',', @types } = \@names;
		}
		die "calls.pl: $File::Find::name: a definition as no other\n"
			if $left;
	};
	find({ wanted => $find, no_chdir => 0 }, $dir);
	return (\%entries, \%named, \%optional);
}

sub pick {
	my ($entries, $entry) = @_;
	my $of = $entries->{$entry} or return;
	my @ways = keys %$of;
	return $of->{ $ways[0] } if @ways == 1;
	(my $name = $entry) =~ s/^(compat_)?sys_//;
	my $want = ($choose{$name} // '') =~ s/\w*\*/*/gr;
	return $of->{$want} if $of->{$want};
	die "calls.pl: $entry: which? @{[map qq{($_)}, @ways]}\n";
}

sub bits_of {
	my ($type) = @_;
	return 64 if $type eq '*';
	return 32 if $type =~ /^enum /;
	return $bits{$type} // die "calls.pl: type '$type': how many bits?\n";
}

# An entry that kernels may lack, and that no file defines, is none.
sub drop_undefined {
	my ($tree) = @_;
	for my $call (map { values %{ $tree->{calls}{$_} } } qw(x86_64 i386 x32)) {
		my $entry = $call->[1];
		next if !$entry || $tree->{entries}{$entry};
		my $plain = $entry =~ s/^compat_//r;
		die "calls.pl: $tree->{release}: no definition of $entry\n"
			if !$tree->{optional}{$entry} &&
			!$tree->{optional}{$plain};
		$call->[1] = '';
	}
}

sub mask {
	my ($types, $most) = @_;
	my $mask = 0;
	for my $i (0 .. $#$types) {
		$mask |= 1 << $i if bits_of($types->[$i]) <= $most;
	}
	return $mask;
}

# The release from which on all trees have the call on ARCH; 0: the last has
# it no more.
sub since {
	my ($name, $arch, @trees) = @_;
	my $since = 0;
	for my $tree (reverse @trees) {
		my $call = $tree->{calls}{$arch}{$name};
		last if !$call || !$call->[1];
		my ($major, $minor) = split /\./, $tree->{release};
		$since = $major * 100 + $minor;
	}
	return $since;
}

# The types of the arguments, of each tree that has an entry.
sub types_of {
	my ($name, $arch, @trees) = @_;
	my @calls = grep { $_->[0] && $_->[0][1] }
		map { [$_->{calls}{$arch}{$name}, $_->{entries}] } @trees;
	return map { pick($_->[1], $_->[0][1]) } @calls;
}

# The same of the names that the kernel has for them: what the types chose.
sub names_of {
	my ($name, $arch, @trees) = @_;
	my @names;
	for my $tree (@trees) {
		my $entry = ($tree->{calls}{$arch}{$name} // [])->[1] or next;
		my $types = pick($tree->{entries}, $entry);
		push @names, $tree->{named}{$entry}{ join ',', @$types };
	}
	return @names;
}

# Those that stand for all of LISTS and TEST takes.
sub mask_where {
	my ($test, @lists) = @_;
	return reduce { $a & $b } map {
		my $list = $_;
		reduce { $a | $b } 0, map { $test->($list->[$_]) ? 1 << $_ : 0 }
			0 .. $#$list;
	} @lists;
}

sub flags_of {
	my ($name, @trees) = @_;
	my $mask = mask_where(sub { $_[0] =~ $flags },
		names_of($name, 'x86_64', @trees)) // 0;
	my $too = $flags_too{$name} or return $mask;
	die "calls.pl: $name: $too->[2] has changed\n"
		if slurp("$trees[-1]{dir}/$too->[2]") !~ $too->[1];
	return $mask | 1 << $too->[0];
}

sub pointers_of {
	my ($name, $newest, @wide) = @_;
	my $mask = mask_where(sub { $_[0] eq '*' }, @wide) // 0;
	my $number = $number_too{$name} or return $mask;
	die "calls.pl: $name: $number->[2] has changed\n"
		if slurp("$newest->{dir}/$number->[2]") !~ $number->[1];
	return $mask & ~(1 << $number->[0]);
}

sub print_call {
	my ($name, @trees) = @_;
	my %nr;
	for my $tree (@trees) {
		for my $arch (@arches) {
			my $call = $tree->{calls}{$arch}{$name} or next;
			die "calls.pl: $name: $arch: two numbers\n"
				if ($nr{$arch} // $call->[0]) != $call->[0];
			$nr{$arch} = $call->[0];
		}
	}
	my @since = map { since($name, $_, @trees) } @arches;
	my ($since) = grep { $_ } @since;
	my $has = 0;
	$has |= $since[$_] ? 1 << $_ : 0 for 0 .. $#arches;
	my @wide = types_of($name, 'x86_64', @trees);
	my @narrow = types_of($name, 'i386', @trees);
	# What holds on all kernels.
	my ($n64, $n32) = map { min(map { scalar @$_ } @$_) } \@wide, \@narrow;
	my ($cut32, $cut16) = map {
		my $most = $_;
		reduce { $a & $b } map { mask($_, $most) } @wide;
	} 32, 16;
	if (my $lower = $lower{$name}) {
		die "calls.pl: $name: $lower->[2] has changed\n"
			if slurp("$trees[-1]{dir}/$lower->[2]") !~ $lower->[1];
		$cut32 |= 1 << $lower->[0];
	}
	$n64 //= $n32 // $old{$name} // 0;
	$n32 //= $n64;
	my $optional = grep {
		my $call = $trees[-1]{calls}{$_}{$name};
		$call && $trees[-1]{optional}{ $call->[1] };
	} @arches;
	my $pointers = pointers_of($name, $trees[-1], @wide);
	printf "{\"%s\", {%s}, {%d, %d}, %d, %d, %d, %d, %d, %d, %d},\n",
		$name, join(', ', map { $nr{$_} // -1 } @arches), $n64, $n32,
		$cut32 // 0, $cut16 // 0, flags_of($name, @trees), $pointers, $has, $since || 0, $optional ? 1 : 0;
}

my @trees;
my %names;
for (@ARGV) {
	my ($release, $version, $dir) = split /=/, $_, 3;
	die "usage: calls.pl RELEASE=VERSION=TREE...\n" if !defined $dir;
	my ($entries, $named, $optional) = read_entries($dir);
	my $calls = read_numbers($dir);
	push @trees, { release => $release, version => $version, dir => $dir,
		entries => $entries, named => $named, optional => $optional, calls => $calls };
	drop_undefined($trees[-1]);
	@names{ map { keys %$_ } values %$calls } = ();
}
print <<END;
/* SPDX-License-Identifier: MIT */
/*
 * Made by scripts/calls: do not edit. From Debian's linux-source
@{[join "\n", map " * $_->{version}", @trees]}
 * Each line is a struct call, see sys/calls.h.
 */
END
print_call($_, @trees) for sort keys %names;
