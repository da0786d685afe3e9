//! Bounds that the operating system keeps for a reading process.

/// Processor seconds in which the rows of a task are written.
pub const TO_WRITE_A_PART: u64 = 60;

/// Ends the process with SIGXCPU once it has worked for so many more seconds.
#[cfg(unix)]
pub fn limit_time(seconds: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};
    let worked = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
    let hard = getrlimit(Resource::Cpu).maximum;
    let soft = worked.saturating_add(seconds).saturating_add(1);
    // Where the system grants less than that already, its own bound stays.
    let soft = hard.map_or(soft, |hard| soft.min(hard));
    let _ = setrlimit(Resource::Cpu, Rlimit { current: Some(soft), maximum: hard });
}

/// Lets an allocation beyond so many MiB fail, which ends the process.
#[cfg(unix)]
pub fn limit_memory(mebibytes: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let hard = getrlimit(Resource::Data).maximum;
    let bytes = mebibytes.saturating_mul(1 << 20);
    let soft = hard.map_or(bytes, |hard| bytes.min(hard));
    let _ = setrlimit(Resource::Data, Rlimit { current: Some(soft), maximum: hard });
}

/// Starts a process that none of these bounds holds for: it is bounded in another way.
#[cfg(unix)]
pub fn without_bounds<T>(start: impl FnOnce() -> T) -> T {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let own = [Resource::Cpu, Resource::Data].map(|resource| (resource, getrlimit(resource)));
    for (resource, limit) in &own {
        let _ = setrlimit(*resource, Rlimit { current: limit.maximum, maximum: limit.maximum });
    }
    let started = start();
    for (resource, limit) in own {
        let _ = setrlimit(resource, limit);
    }
    started
}

/// Ends the process when the one that started it is gone.
#[cfg(target_os = "linux")]
pub fn end_with_parent() {
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

#[cfg(not(target_os = "linux"))]
pub fn end_with_parent() {}

#[cfg(not(unix))]
pub fn limit_time(_seconds: u64) {}

#[cfg(not(unix))]
pub fn without_bounds<T>(start: impl FnOnce() -> T) -> T {
    start()
}

#[cfg(not(unix))]
pub fn limit_memory(_mebibytes: u64) {}
