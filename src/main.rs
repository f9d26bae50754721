//! The program: hands the arguments to `cli` and its answer to the system as an exit code.

use std::process::ExitCode;

/// Many small texts on several threads: the system's allocator took a sixth of a build's time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    vejviser::cli::run(std::env::args_os())
}
