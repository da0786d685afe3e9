/// Reading makes many small strings on every core: the system's allocator takes a fifth longer (docs/speed.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    juesuan::cli::main()
}
