//! Starts `cli`.

/// Rows become millions of short texts; the system's allocator spends a tenth of `check` on them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    noticeworks::cli::main()
}
