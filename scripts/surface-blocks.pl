#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# surface-blocks.pl KERNEL BLOCKS CVES CALLS WIDE: the page of scripts/surface, of what
# was seen by blocks. BLOCKS: all that the kernel has (address, function, FILE:LINE, by
# tabs). CVES: fixed faults, a line each: number, commit, functions. CALLS: those that a
# wide profile allows, a line each, and WIDE what it is called. On stdin, by tabs: work,
# row, whether that is a call, how often, and a block or "-".
use strict;
use warnings;

my ($kernel, $list, $cves, $calls, $wide) = @ARGV;
my (%block, %of, %size, %row, %times, %is_call, %works);

sub fail { print STDERR 'quartet: surface: ', @_, "\n"; exit 100 }
sub lines {
	my $file = shift;
	open my $in, '<', $file or fail("$file: $!");
	chomp(my @lines = <$in>);
	return @lines;
}

# Which part of the kernel a file is of.
sub part {
	my $file = shift;
	return 'futex' if $file =~ m,^kernel/futex/,;
	return 'rtmutex' if $file =~ m,^kernel/locking/rtmutex,;
	return 'seccomp' if $file eq 'kernel/seccomp.c';
	return '';
}

# What the compiler cut off is of the function that it was.
my $n = 0;
for (lines($list)) {
	$n++;
	my ($at, $function, $file, $line) =
		/^([0-9a-f]{16})\t([^\t]+)\t([^\t]+):(\d+|\?)$/
		or fail("$list:$n: expected ADDRESS, FUNCTION and FILE:LINE, by tabs");
	$function =~ s/\.(part|isra|constprop|cold)\b.*//;
	$file =~ s,[^/]+/\.\./,,;
	$file =~ s,^\./,,;
	$block{$at} = [$function, $file, part($file), $line];
	push @{$of{$function}}, $at;
	$size{$file}++;
}

# A work without a filter is the wide one's alone.
while (<STDIN>) {
	chomp;
	my ($work, $name, $call, $times, $at) = split /\t/;
	$name =~ s/operation \d+$/another operation/;
	my @to = $work =~ /^(none|programs)$/ ? 'wide' : ('four', 'wide');
	$is_call{$name} = $call eq 'true';
	for (@to) {
		$times{$_}{$name} += $times if $at eq '-';
		$row{$_}{$name}{$at} = 1 if $at ne '-';
	}
	next if $at eq '-';
	$block{$at} or fail("a block at $at: $list has none: another kernel's?");
	$works{$work}{$at} = 1 if !$is_call{$name} || allowed($name);
}

sub allowed { return $_[0] =~ /^(read|write|exit|futex .*)$/ }

# The blocks of those rows of ALL that IS takes.
sub union {
	my ($all, $is) = @_;
	my %sum;
	for my $name (grep { $is->($_) } keys %{$row{$all}}) {
		$sum{$_} = 1 for keys %{$row{$all}{$name}};
	}
	return \%sum;
}

sub functions {
	my %seen = map { $block{$_}[0] . "\t" . $block{$_}[1] => 1 } keys %{$_[0]};
	return scalar keys %seen;
}

sub in_part {
	my ($set, $part) = @_;
	return scalar grep { $block{$_}[2] eq $part } keys %$set;
}

my %pass = map { $_ => 1 } lines($calls);
my $none = sub { !$is_call{$_[0]} };
my $three = sub { $none->(@_) || $_[0] =~ /^(read|write|exit)$/ };
my $pair = sub { $three->(@_) || $_[0] =~ /^futex FUTEX_(WAIT|WAKE) private$/ };
my $four = sub { $none->(@_) || allowed($_[0]) };
my $strict = sub { $three->(@_) && $_[0] ne 'seccomp filter' };
my $any = sub { $none->(@_) || $pass{(split / /, $_[0])[0]} };
my $sigreturn = union('wide', sub { $_[0] eq 'rt_sigreturn' });
my @cuts = (
	['nothing: what takes no allowed call', union('four', $none)],
	['`read`, `write`, `exit`', union('four', $three)],
	['... and `futex` WAIT, WAKE, private', union('four', $pair)],
	['`four`: every operation', union('four', $four)],
	['strict mode: `read`, `write`, `exit`, `rt_sigreturn`',
		{ %{union('four', $strict)}, %$sigreturn }],
	[$wide, union('wide', $any)]);
my $made = grep { $is_call{$_} && $pass{(split / /)[0]} } keys %{$row{wide}};

print "| reason | times | blocks | functions |\n|---|---:|---:|---:|\n";
for my $name (sort { lc $a cmp lc $b } grep { $four->($_) } keys %{$row{four}}) {
	my $set = $row{four}{$name};
	printf "| %s | %s | %d | %d |\n", $is_call{$name} ? "`$name`" : $name,
		$times{four}{$name} || '-', scalar keys %$set, functions($set);
}

my (@faults, %reached);
for (lines($cves)) {
	my ($cve, $commit, @names) = split ' ';
	push @faults, [$cve, $commit, @names];
}

# Of the functions that a fix changed, how many blocks were gone through.
sub share {
	my ($set, @names) = @_;
	my @all = map { @{$of{$_} // []} } @names;
	return '?' if !@all;
	my $n = grep { $set->{$_} } @all;
	return $n ? "$n of " . @all : '-';
}

sub in_list { return grep { share($cuts[-1][1], @$_[2 .. $#$_]) ne '?' } @faults }

print <<'END';

## What narrowing buys

Blocks gone through, in each line with those that took no allowed call; functions, with
those that the compiler put into others; the blocks of kernel/futex,
kernel/locking/rtmutex and kernel/seccomp.c; and the known faults, of those below that
this kernel has the code of, into whose mended functions it went. What
takes no allowed call was seen in programs that made all of them: a narrower filter may
leave less. For the last line programs ran without a filter (files, pipes, processes,
threads, sockets), beside the suite's raw cells without one: only what they were seen to
reach counts, not what that profile could let through.

END
my $known = in_list();
print "| allowed | blocks | functions | futex | rtmutex | seccomp | known faults |\n",
	"|---|---:|---:|---:|---:|---:|---:|\n";
for my $cut (@cuts) {
	my ($name, $set) = @$cut;
	my $in = grep { share($set, @$_[2 .. $#$_]) =~ /of/ } @faults;
	printf "| %s | %d | %d | %d | %d | %d | %d of %d |\n", $name,
		scalar keys %$set, functions($set),
		(map { in_part($set, $_) } qw(futex rtmutex seccomp)), $in, $known;
}
print "\nOf the last line's calls, an operation of futex being one, $made were made.\n";

print <<'END';

## In the functions of known faults

How many blocks of the functions that the fix changed were gone through, under the same
lines; `-`: none; `?`: this kernel has no block of such a function (it was left
out of its configuration, is another one by now, or has no branch of its own). To go through a mended function
is not to have the fault: it says where one was, and who could get there.

| fault | commit | functions | nothing | three | WAIT, WAKE | four | strict | wide |
|---|---|---|---|---|---|---|---|---|
END
for my $fault (@faults) {
	my ($cve, $commit, @names) = @$fault;
	print "| $cve | $commit | `", join('` `', @names), '` | ',
		join(' | ', map { share($_->[1], @names) } @cuts), " |\n";
}

print <<'END';

## How much of futex, rtmutex and seccomp

Blocks gone through under `four`, behind the filter, of those that the kernel has: by
the suite's cells, the fuzzer's seeds, and a corpus, if one was followed.

| file | suite | seeds | corpus | together | there are |
|---|---:|---:|---:|---:|---:|
END
my %by = (seeds => $works{seeds} // {}, corpus => $works{corpus} // {});
for my $work (grep { !/^(seeds|corpus|none|programs)$/ } keys %works) {
	$by{suite}{$_} = 1 for keys %{$works{$work}};
}
$by{together} = $cuts[3][1];
my @kinds = qw(suite seeds corpus together);
my %sum;
for my $file (grep { part($_) } sort keys %size) {
	my %n = map { my $kind = $_; $kind => scalar grep { $block{$_}[1] eq $file }
		keys %{$by{$kind}} } @kinds;
	printf "| %s | %s | %d |\n", $file, join(' | ', map { $n{$_} } @kinds), $size{$file};
	$sum{part($file)}{$_} += $n{$_} for @kinds;
	$sum{part($file)}{all} += $size{$file};
}
for my $part (qw(futex rtmutex seccomp)) {
	my $all = $sum{$part}{all} or next;
	printf "| **%s** | %s | %d |\n", $part, join(' | ', map { sprintf '%d (%.1f %%)',
		$sum{$part}{$_}, 100 * $sum{$part}{$_} / $all } @kinds), $all;
}

print "\n## What was never gone through\n\nFunctions of which no block was, under ",
	"`four`; in brackets what no work went through at all:\n\n";
my $ever = union('wide', sub { 1 });
for my $part (qw(futex rtmutex seccomp)) {
	my @never;
	for my $name (sort keys %of) {
		my @all = grep { $block{$_}[2] eq $part } @{$of{$name}};
		next if !@all || grep { $by{together}{$_} } @all;
		push @never, (grep { $ever->{$_} } @all) ? "`$name`" : "[`$name`]";
	}
	print "- $part: ", join(' ', @never) || 'none', ".\n";
}

print "\nLines of other functions there that begin a block and were not:\n\n";
my (%left, %gone);
$gone{"$block{$_}[1]:$block{$_}[3]"} = 1 for keys %{$by{together}};
for my $at (grep { $block{$_}[2] =~ /futex|rtmutex/ } keys %block) {
	my ($function, $file, undef, $line) = @{$block{$at}};
	$left{$file}{$line} = 1 if !$gone{"$file:$line"} &&
		grep { $by{together}{$_} } @{$of{$function}};
}
for my $file (sort keys %left) {
	print "- $file: ", join(' ', sort { $a <=> $b } keys %{$left{$file}}), ".\n";
}
