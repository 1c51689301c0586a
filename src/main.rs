//! The `dateline` program.

/// Most of what is allocated is small and lives as long as its document: this allocator spends
/// half the time on it that the system's does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    dateline::cli::run()
}
