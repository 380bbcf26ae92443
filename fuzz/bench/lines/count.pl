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
my (%text, %function, %without, %why, %lines, %branches);

# Which function of the file a line is in: one begins at the left margin, and ends
# with a brace there.
sub read_source {
	my $file = shift;
	my ($name, $n) = ('', 0);

	open(my $in, '<', "$tree/$file") or die "$tree/$file: $!\n";
	while (my $line = <$in>) {
		chomp $line;
		$text{$file}[++$n] = $line;
		$name = $1 if $line =~ /^[a-z_].*?(\w+)\(/ && $line !~ /;\s*$/;
		$function{$file}[$n] = $name;
		$name = '' if $line =~ /^}/;
	}
}

# "FILE FUNCTION COUNT REASON | TEXT": COUNT lines of the function from each that
# has TEXT; 0 for the branch of it that is not taken, "all" for all.
sub read_excluded {
	my ($file, $name, $count, $reason, $text);

	open(my $in, '<', $excluded) or die "$excluded: $!\n";
	while (my $line = <$in>) {
		next if $line =~ /^#|^\s*$/;
		$line =~ /^(\S+) (\S+) (\d+|all) (.*?)(?: \| (.*))?$/ or die "$excluded:$.\n";
		($file, $name, $count, $reason, $text) =
			("kernel/futex/$1", $2, $3, $4, $5);
		my $seen = 0;

		for my $n (1 .. $#{ $text{$file} }) {
			next if $function{$file}[$n] ne $name;
			next if $count ne 'all' && index($text{$file}[$n], $text) < 0;
			$seen++;
			for my $at ($n .. $n + ($count =~ /^[1-9]/ ? $count - 1 : 0)) {
				$without{$file}[$at] = $count eq '0' ? 1 : 2;
				$why{$file}[$at] = $reason;
			}
		}
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

# (lines reached, lines, branches taken, branches) of a name in these files.
sub count {
	my ($name, $less, @in) = @_;
	my @sum = (0, 0, 0, 0);

	for my $f (@in) {
		for my $n (keys %{ $lines{$name}{$f} }) {
			my $not = $less ? $without{$f}[$n] // 0 : 0;

			next if $not == 2;
			$sum[0]++ if $lines{$name}{$f}{$n};
			$sum[1]++;
			for my $taken (values %{ $branches{$name}{$f}{$n} // {} }) {
				next if $not == 1 && !$taken;
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
	my @futex = @files[0 .. 4];
	my (@all, @less, @lock);

	@all = count($name, 0, @futex);
	@less = count($name, 1, @futex);
	@lock = count($name, 0, $files[5]);
	print "| $name | ", join(' | ', percent(@all[0, 1]), percent(@all[2, 3]),
		percent(@less[0, 1]), percent(@less[2, 3]),
		percent(@lock[0, 1]), percent(@lock[2, 3])), " |\n";
	return (\@all, \@less, \@lock);
}

sub never {
	my ($f) = @_;
	my %of = %{ $lines{all}{$f} };
	my $in = '';

	for my $n (sort { $a <=> $b } keys %of) {
		my $not = $without{$f}[$n] // 0;
		my $b = $branches{all}{$f}{$n} // {};
		my $missed = grep({ !$_ } values %$b);
		my $what = $of{$n} ? "$missed of " . keys(%$b) . " branches" : '-';

		next if $not == 2 || ($of{$n} && (!$missed || $not == 1));
		print "\n$f, $function{$f}[$n]\n" if $function{$f}[$n] ne $in;
		$in = $function{$f}[$n];
		print "$n: $what: ", $text{$f}[$n] =~ s/^\s+//r, "\n";
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
print "| | lines | branches | lines, less | branches, less | rtmutex: lines | branches |\n";
print "|---|---|---|---|---|---|---|\n";
row($_) for @names;
my ($all, $less, $lock) = row('all');
print "\nOf $all->[1] lines and $all->[3] branches; less: $less->[1] and $less->[3];",
	" rtmutex: $lock->[1] and $lock->[3].\n";
never($_) for @files[0 .. 4];
