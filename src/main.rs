//! The `dateline` program.

/// Most of what is allocated is small and lives as long as its document: this allocator spends
/// half the time on it that the system's does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    small_pages();
    dateline::cli::run()
}

/// Without this the allocator takes memory in pages of 2 MB where the system offers them, and half
/// of most of them stays empty: 30 MB of a small run, and no time gained.
#[cfg(target_os = "linux")]
fn small_pages() {
    // a system that refuses gives large pages, and all else is the same
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

#[cfg(not(target_os = "linux"))]
fn small_pages() {}
