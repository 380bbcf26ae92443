# SPDX-License-Identifier: MIT
# count.pl TREE EXCLUDED (NAME FOLDER)...: a table of the lines and branches of
# kernel/futex, and of its lock, that each NAME reached, by what `gcov -j` left in
# FOLDER, and what none of them did.
use strict;
use warnings;
use JSON::PP;

my ($tree, $excluded, @works) = @ARGV;
my @files = (map({ "kernel/futex/$_.c" } qw(core pi requeue syscalls waitwake)),
	"kernel/locking/rtmutex.c");
my (%text, %function, %without, %mode, %why, %lines, %branches, @classes);

# Which function of the file a line is in: one begins at the left margin, and ends
# with a brace there.
sub read_source {
	my $file = shift;
	my ($name, $n) = ('', 0);

	open(my $in, '<', "$tree/$file") or die "$tree/$file: $!\n";
	while (my $line = <$in>) {
		chomp $line;
		$text{$file}[++$n] = $line;
		$name = $1 if $line =~ /^[a-z_]/ && $line =~ /(\w+)\(/ &&
			$line !~ /;\s*$/;
		$name = "sys_$1" if $line =~ /^SYSCALL_DEFINE\d\((\w+)/;
		$function{$file}[$n] = $name;
		$name = '' if $line =~ /^}/;
	}
}

# What the file says at its beginning: %without has of a line the number of its
# class, from 1 on, %mode whether only a branch of it is left out.
# The first that says so of a line counts; one that means all of it, before others.
sub put {
	my ($file, $n, $how, $why) = @_;

	return if $mode{$file}[$n] && ($mode{$file}[$n] ne 'branch' || $how eq 'branch');
	$without{$file}[$n] = @classes;
	$mode{$file}[$n] = $how;
	$why{$file}[$n] = $why;
}

sub exclude {
	my ($file, $name, $which, $why, $text) = @_;
	my ($from, $to) = split /-/, $which eq 'all' ? '0-0' : $which;
	my $seen = 0;

	for my $n (1 .. $#{ $text{$file} }) {
		next if $name ne '*' && ($function{$file}[$n] // '') ne $name;
		next if $which ne 'all' && index($text{$file}[$n], $text) < 0;
		$seen++;
		put($file, $n, $which eq 'all' ? 'all' : 'branch', $why)
			if $which eq 'all' || !defined $to || $from;
		put($file, $_, 'line', $why)
			for defined $to && $which ne 'all' ? $n + $from .. $n + $to : ();
	}
	return $seen;
}

sub read_excluded {
	open(my $in, '<', $excluded) or die "$excluded: $!\n";
	while (my $line = <$in>) {
		next if $line =~ /^#|^\s*$/;
		push(@classes, $1), next if $line =~ /^== (.*)/;
		$line =~ /^(\S+) (\S+) (0|\d+-\d+|all) (.*?)(?: \| (.*))?$/ or
			die "$excluded:$.: expected FILE FUNCTION WHICH REASON\n";
		my ($file, $seen) = ($1, 0);

		$seen += exclude($_, $2, $3, $4, $5 // '')
			for grep({ $file eq '*' || /\/\Q$file\E$/ } @files[0 .. 4]);
		$seen or die "$excluded:$.: no such line\n";
	}
}

sub read_counts {
	my ($name, $folder) = @_;

	for my $path (glob "$folder/*.gcov.json.gz") {
		open(my $in, '-|', 'gzip', '-dc', $path) or die "$path: $!\n";
		local $/;
		my $data = decode_json(<$in>);

		for my $f (@{ $data->{files} }) {
			next if !grep({ $_ eq $f->{file} } @files);
			for my $l (@{ $f->{lines} }) {
				my ($at, $i) = ($l->{line_number}, 0);
				my $of = $l->{function_name} // '';

				$lines{$name}{ $f->{file} }{$at} += $l->{count};
				$branches{$name}{ $f->{file} }{$at}{ $of . $i++ }
					+= $_->{count} for @{ $l->{branches} };
			}
		}
	}
}

# (lines reached, lines, branches taken, branches) of a name in these files, less
# the first classes that are left out.
sub count {
	my ($name, $less, @in) = @_;
	my @sum = (0, 0, 0, 0);

	for my $f (@in) {
		for my $n (keys %{ $lines{$name}{$f} }) {
			my $not = ($without{$f}[$n] // 99) <= $less ? $mode{$f}[$n] : '';

			next if $not eq 'line' || $not eq 'all';
			$sum[0]++ if $lines{$name}{$f}{$n};
			$sum[1]++;
			for my $taken (values %{ $branches{$name}{$f}{$n} // {} }) {
				next if $not eq 'branch' && !$taken;
				$sum[2]++ if $taken;
				$sum[3]++;
			}
		}
	}
	return @sum;
}

sub percent {
	my ($of, $all) = @_;
	return $all ? sprintf("%.1f", 100 * $of / $all) : '-';
}

sub row {
	my $name = shift;
	my @cells;

	for my $less (0, 1, 2) {
		my @sum = count($name, $less, @files[0 .. 4]);
		push @cells, percent(@sum[0, 1]), percent(@sum[2, 3]);
	}
	my @lock = count($name, 0, $files[5]);
	print "| $name | ", join(' | ', @cells, percent(@lock[0, 1]),
		percent(@lock[2, 3])), " |\n";
}

# What was left out, and was reached: to be taken off the list.
sub wrong {
	my $f = shift;

	for my $n (sort { $a <=> $b } keys %{ $lines{all}{$f} }) {
		print STDERR "$excluded: $f:$n is reached: $text{$f}[$n]\n"
			if ($mode{$f}[$n] // '') eq 'line' && $lines{all}{$f}{$n};
	}
}

# How many lines, for each reason.
sub left_out {
	my $class = shift;
	my %count;

	for my $f (@files[0 .. 4]) {
		for my $n (keys %{ $lines{all}{$f} }) {
			next if ($without{$f}[$n] // 0) != $class;
			$count{ $why{$f}[$n] } += $mode{$f}[$n] ne 'branch';
		}
	}
	print "| ", qw(- A B)[$class], " | ", $count{$_} || 'branches alone', " | $_ |\n"
		for sort { $count{$b} <=> $count{$a} || $a cmp $b } keys %count;
}

# Lines that nobody reached, in their functions.
sub never {
	my $f = shift;
	my %of = %{ $lines{all}{$f} };
	my $in = '';

	for my $n (sort { $a <=> $b } keys %of) {
		my $not = $without{$f}[$n] // 0;

		next if $of{$n} || ($not && $mode{$f}[$n] ne 'branch');
		print "\n$f, $function{$f}[$n]:\n" if $function{$f}[$n] ne $in;
		$in = $function{$f}[$n];
		print "    $n ", $text{$f}[$n] =~ s/^\s+//r, "\n";
	}
}

read_source($_) for @files;
read_excluded();
my @names;
while (@works) {
	my ($name, $folder) = splice(@works, 0, 2);
	read_counts($name, $folder);
	read_counts('all', $folder);
	push @names, $name;
}

my @of = map({ [count('all', $_, @files[0 .. 4])] } 0, 1, 2);

print <<"END";
# What of kernel/futex is reached

Made by `scripts/kernel-lines`: by gcov, of kernel/futex/*.c ($of[0][1] lines, $of[0][3] branches)
and of rtmutex.c as futex uses it, in a user-mode Linux 6.1, which has one processor, each
from a start of the kernel on. A is without $classes[0]
($of[1][1] lines are left), B without $classes[1], either
($of[2][1] lines). fuzz/bench/lines/excluded has each of them.

| | lines | branches | A: lines | branches | B: lines | branches | rtmutex: lines | branches |
|---|---|---|---|---|---|---|---|---|
END
row($_) for @names, @names > 1 ? 'all' : ();
print "\n## Left out\n\n| | lines | why |\n|---|---|---|\n";
left_out($_) for 1 .. @classes;
print "\n## Reached by none of them, and not left out\n";
never($_), wrong($_) for @files[0 .. 4];
