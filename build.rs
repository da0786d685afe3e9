//! Lets the built program find the linked DuckDB library from any folder, without environment variables.

fn main() {
    println!("cargo:rerun-if-env-changed=DUCKDB_LIB_DIR");
    println!("cargo:rerun-if-changed=pipelines");
    println!("cargo:rerun-if-changed=sql");
    if std::env::var_os("CARGO_FEATURE_BUNDLED").is_some() {
        return;
    }
    if let Ok(folder) = std::env::var("DUCKDB_LIB_DIR") {
        // The library's own folder first; beside the program second, so that both can be moved together.
        println!("cargo:rustc-link-arg=-Wl,-rpath,{folder}");
        println!("cargo:rustc-link-arg=-Wl,-rpath,$ORIGIN");
    }
}
