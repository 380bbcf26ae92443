// SPDX-License-Identifier: MIT
// filter.rs: a line in, a line out, as Rust's standard library does it.
use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();

    for line in io::stdin().lock().lines() {
        writeln!(out, "{}", line?.to_uppercase())?;
    }
    out.flush()
}
