#![no_main]

#[path = "../members.rs"]
mod members;
#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    targets::file(bytes);
});

// Packages are mostly changed inside their members, sometimes as bytes; everything else as bytes.
libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if seed % 8 != 0 {
        if let Some(package) = members::changed(&data[..size], seed / 8).filter(|package| package.len() <= max_size) {
            data[..package.len()].copy_from_slice(&package);
            return package.len();
        }
    }
    libfuzzer_sys::fuzzer_mutate(data, size, max_size)
});
