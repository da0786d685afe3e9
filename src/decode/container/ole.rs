//! The directory of an OLE compound file (.xls, .et, .doc, password-protected .xlsx), and a safety check of the
//! workbook inside before a reader allocates what its headers promise.

use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;

const FREE: u32 = 0xffff_fff0;

/// A compound file, opened far enough to list and copy its streams. Every chain is bounded by the file's length.
pub struct CompoundFile<'a> {
    bytes: &'a [u8],
    sector_size: usize,
    table: Vec<u32>,
    mini_table: Vec<u32>,
    mini_stream: Vec<u8>,
    mini_cutoff: u32,
    entries: Vec<Entry>,
    /// Those of the document itself; others are of objects inside of it, which are documents of their own.
    own: Vec<usize>,
}

#[derive(Default)]
struct Entry {
    name: String,
    first_sector: u32,
    size: u64,
    /// Entries before and behind it in its folder, and the first of its own.
    left: u32,
    right: u32,
    child: u32,
}

impl<'a> CompoundFile<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, DecodeFailure> {
        let header = bytes.get(..512).ok_or_else(truncated)?;
        let sector_size = 1usize << u16_at(header, 30).ok_or_else(truncated)?.clamp(7, 12);
        let mut file = Self {
            bytes,
            sector_size,
            table: Vec::new(),
            mini_table: Vec::new(),
            mini_stream: Vec::new(),
            mini_cutoff: u32_at(header, 56).ok_or_else(truncated)?,
            entries: Vec::new(),
            own: Vec::new(),
        };
        file.table = file.read_allocation_table(header)?;
        let directory = file.chain(u32_at(header, 48).ok_or_else(truncated)?);
        file.entries =
            directory.as_chunks::<128>().0.iter().map(|entry| read_entry(entry).unwrap_or_default()).collect();
        let mini_table = file.chain(u32_at(header, 60).ok_or_else(truncated)?);
        file.mini_table = words(&mini_table);
        if let Some(root) = file.entries.first() {
            file.mini_stream = file.chain(root.first_sector);
        }
        file.own = file.entries_of_root();
        Ok(file)
    }

    pub fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        let is_named = |entry: &&Entry| entry.name.eq_ignore_ascii_case(name);
        // A directory whose tree is broken is searched as it lies.
        if self.own.is_empty() {
            return self.entries.iter().find(is_named);
        }
        self.own.iter().filter_map(|at| self.entries.get(*at)).find(is_named)
    }

    /// How many streams of this name belong to objects inside of the document.
    pub fn inside(&self, name: &str) -> usize {
        let all = self.entries.iter().filter(|entry| entry.name.eq_ignore_ascii_case(name)).count();
        all - usize::from(self.has(name)).min(all)
    }

    /// The entries in the outermost folder.
    fn entries_of_root(&self) -> Vec<usize> {
        let mut own = Vec::new();
        let mut is_seen = vec![false; self.entries.len()];
        let mut open: Vec<u32> = self.entries.first().map(|root| root.child).into_iter().collect();
        while let Some(at) = open.pop() {
            let at = at as usize;
            let Some(entry) = self.entries.get(at).filter(|_| !is_seen[at]) else { continue };
            is_seen[at] = true;
            own.push(at);
            open.extend([entry.left, entry.right]);
        }
        own.sort_unstable();
        own
    }

    /// The bytes of a stream, as far as they can be read.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entry(name)?;
        let mut data = if entry.size < u64::from(self.mini_cutoff) {
            self.mini_chain(entry.first_sector)
        } else {
            self.chain(entry.first_sector)
        };
        data.truncate(usize::try_from(entry.size).unwrap_or(usize::MAX));
        Some(data)
    }

    fn read_allocation_table(&self, header: &[u8]) -> Result<Vec<u32>, DecodeFailure> {
        let mut sectors: Vec<u32> = words(&header[76..512]);
        let mut next = u32_at(header, 68).ok_or_else(truncated)?;
        let mut left = self.bytes.len() / self.sector_size + 1;
        while next < FREE && left > 0 {
            let Some(sector) = self.sector(next) else { break };
            let mut more = words(sector);
            next = more.pop().unwrap_or(FREE);
            sectors.append(&mut more);
            left -= 1;
        }
        sectors.truncate(self.bytes.len() / self.sector_size + 1);
        let mut table = Vec::new();
        for sector in sectors.into_iter().filter(|sector| *sector < FREE) {
            if let Some(part) = self.sector(sector) {
                table.append(&mut words(part));
            }
        }
        if table.is_empty() { Err(truncated()) } else { Ok(table) }
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector_size)?;
        let end = start.checked_add(self.sector_size)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn chain(&self, first: u32) -> Vec<u8> {
        let mut data = Vec::new();
        let mut next = first;
        let mut left = self.bytes.len() / self.sector_size + 1;
        while next < FREE && left > 0 {
            let Some(sector) = self.sector(next) else { break };
            data.extend_from_slice(sector);
            next = self.table.get(next as usize).copied().unwrap_or(FREE);
            left -= 1;
        }
        data
    }

    fn mini_chain(&self, first: u32) -> Vec<u8> {
        let mut data = Vec::new();
        let mut next = first;
        let mut left = self.mini_stream.len() / 64 + 1;
        while next < FREE && left > 0 {
            let start = next as usize * 64;
            let Some(sector) = self.mini_stream.get(start..(start + 64).min(self.mini_stream.len())) else { break };
            data.extend_from_slice(sector);
            next = self.mini_table.get(next as usize).copied().unwrap_or(FREE);
            left -= 1;
        }
        data
    }
}

/// Puts a bare workbook stream into a compound file of its own, for a reader that takes nothing else. Sectors of 4 KiB:
/// the header alone then names the table of a stream of 400 MiB.
pub fn wrapped(name: &str, stream: &[u8]) -> Result<Vec<u8>, DecodeFailure> {
    const SECTOR: usize = 4096;
    const END: u32 = 0xffff_fffe;
    // A shorter stream would belong into sectors of another kind.
    let size = stream.len().max(SECTOR);
    let sectors = size.div_ceil(SECTOR);
    let tables = (sectors + 1).div_ceil(SECTOR / 4 - 1);
    if tables > 109 {
        return Err(DecodeFailure::TooLarge { reason: format!("{size} bytes of records") });
    }
    let directory = sectors;
    let mut links: Vec<u32> = (1..=sectors as u32).collect();
    links[sectors - 1] = END;
    links.push(END);
    links.resize(directory + 1 + tables, 0xffff_fffd);
    links.resize(tables * SECTOR / 4, u32::MAX);
    let mut file = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    file.resize(24, 0);
    for word in [0x3e_u16, 4, 0xfffe, 12, 6, 0, 0, 0] {
        file.extend(word.to_le_bytes());
    }
    // Sectors of the directory and of the table, where the directory begins; no short sectors, no further tables.
    for word in [1, tables as u32, directory as u32, 0, SECTOR as u32, END, 0, END, 0] {
        file.extend(word.to_le_bytes());
    }
    for at in 0..109 {
        let table = if at < tables { (directory + 1 + at) as u32 } else { u32::MAX };
        file.extend(table.to_le_bytes());
    }
    file.resize(SECTOR, 0);
    file.extend(stream);
    file.resize(SECTOR * (1 + sectors), 0);
    file.extend(directory_entry("Root Entry", 5, 1, 0, 0));
    file.extend(directory_entry(name, 2, u32::MAX, 0, size as u32));
    file.resize(SECTOR * (2 + sectors), 0);
    file.extend(links.into_iter().flat_map(u32::to_le_bytes));
    Ok(file)
}

fn directory_entry(name: &str, kind: u8, child: u32, first_sector: u32, size: u32) -> [u8; 128] {
    let mut entry = [0; 128];
    let units = name.encode_utf16().flat_map(u16::to_le_bytes);
    let length = units.clone().count();
    for (place, byte) in entry.iter_mut().zip(units) {
        *place = byte;
    }
    entry[64] = length as u8 + 2;
    (entry[66], entry[67]) = (kind, 1);
    entry[68..76].fill(0xff);
    entry[76..80].copy_from_slice(&child.to_le_bytes());
    entry[116..120].copy_from_slice(&first_sector.to_le_bytes());
    entry[120..124].copy_from_slice(&size.to_le_bytes());
    entry
}

/// What a first pass over a BIFF workbook tells: whether it can be read at all, and in which code page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WorkbookFacts {
    /// BIFF5 or earlier: texts are bytes in a code page.
    pub has_byte_texts: bool,
    /// The code page the file names; 0 where it names none.
    pub codepage: u16,
}

/// Walks the records of a workbook stream and refuses what would make a reader allocate without bound.
pub fn check_workbook(stream: &[u8], limits: &Limits) -> Result<WorkbookFacts, DecodeFailure> {
    let mut facts = WorkbookFacts::default();
    let mut extent: Option<(u16, u16, u16, u16)> = None;
    let mut cells = 0usize;
    let mut at = 0usize;
    let mut in_globals = true;
    while let (Some(kind), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let Some(data) = stream.get(at + 4..at + 4 + usize::from(length)) else {
            return Err(DecodeFailure::damaged("the workbook ends in the middle of a record"));
        };
        at += 4 + data.len();
        match kind {
            0x002f if u16_at(data, 0) != Some(0) || data.len() > 4 => return Err(DecodeFailure::Encrypted),
            0x0809 => {
                if in_globals && u16_at(data, 0) == Some(0x0500) {
                    facts.has_byte_texts = true;
                }
                extent = None;
            }
            0x0042 if in_globals => facts.codepage = u16_at(data, 0).unwrap_or(0),
            0x0085 if u32_at(data, 0).is_none_or(|position| position as usize > stream.len()) => {
                return Err(DecodeFailure::damaged("a sheet starts beyond the end of the file"));
            }
            0x0200 if !dimensions_are_sane(data) => {
                return Err(DecodeFailure::damaged("a sheet states an impossible size"));
            }
            0x000a => in_globals = false,
            0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd | 0x00bd | 0x0006 if data.len() >= 4 => {
                let row = u16_at(data, 0).unwrap_or(0);
                let column = u16_at(data, 2).unwrap_or(0);
                let last = if kind == 0x00bd { column.saturating_add(length / 6) } else { column };
                let (top, bottom, left, right) = extent.unwrap_or((row, row, column, last));
                let now = (top.min(row), bottom.max(row), left.min(column), right.max(last));
                extent = Some(now);
                cells += usize::from(last - column) + 1;
                limits.check_cells(cells)?;
                let area = (u64::from(now.1 - now.0) + 1) * (u64::from(now.3 - now.2) + 1);
                if area > limits.area {
                    return Err(DecodeFailure::TooLarge { reason: format!("a sheet spans {area} positions") });
                }
            }
            _ => {}
        }
    }
    Ok(facts)
}

/// Sizes are rows and columns; one past a sheet's 65,536 × 256 positions is a forged header.
fn dimensions_are_sane(data: &[u8]) -> bool {
    let (first, last, columns) = match data.len() {
        10 => (u16_at(data, 0).map(u32::from), u16_at(data, 2).map(u32::from), u16_at(data, 6)),
        14 | 16 => (u32_at(data, 0), u32_at(data, 4), u16_at(data, 10)),
        _ => return false,
    };
    match (first, last, columns) {
        (Some(first), Some(last), Some(columns)) => {
            last <= 65_536 && columns <= 4_096 && (first < last || (last == 0 || first == last))
        }
        _ => false,
    }
}

fn read_entry(entry: &[u8; 128]) -> Option<Entry> {
    let length = usize::from(u16_at(entry, 64)?).checked_sub(2)?.min(62);
    let units: Vec<u16> = entry[..length].as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    Some(Entry {
        name: String::from_utf16_lossy(&units),
        first_sector: u32_at(entry, 116)?,
        size: u64::from(u32_at(entry, 120)?),
        left: u32_at(entry, 68)?,
        right: u32_at(entry, 72)?,
        child: u32_at(entry, 76)?,
    })
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word)).collect()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn truncated() -> DecodeFailure {
    DecodeFailure::damaged("it ends before its own directory")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_stream_survives_its_new_container() {
        for length in [10, 4096, 5000, 5 << 20] {
            let stream: Vec<u8> = (0..length).map(|at: usize| (at % 251) as u8).collect();
            let bytes = wrapped("Workbook", &stream).unwrap();
            let found = CompoundFile::open(&bytes).unwrap().stream("Workbook").unwrap();
            assert!(found.starts_with(&stream) && found[length..].iter().all(|byte| *byte == 0), "{length}");
        }
    }
}
