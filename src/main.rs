//! The program: hands the arguments to `cli` and its answer to the system as an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    vejviser::cli::run(std::env::args_os())
}
