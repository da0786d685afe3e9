fn main() -> std::process::ExitCode {
    juesuan::cli::main()
}
