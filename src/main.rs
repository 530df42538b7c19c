//! Starts `cli`.

fn main() -> std::process::ExitCode {
    noticeworks::cli::main()
}
