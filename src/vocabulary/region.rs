//! Region codes (GB/T 2260): which lies in which.

/// Whether a region is `outer` or lies in it: 310107 lies in 310000, and in `31*`.
pub fn lies_in(code: &str, outer: &str) -> bool {
    let shared = match outer.strip_suffix('*') {
        Some(shared) => shared,
        None => without_zero_pairs(outer),
    };
    code.starts_with(shared) && !code.is_empty()
}

/// A whole region that lies in `outer`, to try a rule of that region with: `31*` gives 310000.
pub fn example_in(outer: &str) -> String {
    match outer.strip_suffix('*') {
        Some(shared) => format!("{shared:0<6}"),
        None => outer.to_owned(),
    }
}

/// The digits that say province, prefecture and county, as far as the code says them.
fn without_zero_pairs(code: &str) -> &str {
    let mut shared = code;
    while let Some(shorter) = shared.strip_suffix("00").filter(|shorter| shorter.len() >= 2) {
        shared = shorter;
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_lies_in_its_city_and_province_and_in_no_other() {
        for (code, outer, expected) in [
            ("310107", "310107", true),
            ("310107", "310000", true),
            ("310107", "31*", true),
            ("640100", "640000", true),
            ("640100", "640102", false),
            ("110109", "310000", false),
            ("310000", "310107", false),
            ("", "310000", false),
            ("", "*", false),
        ] {
            assert_eq!(lies_in(code, outer), expected, "{code} in {outer}");
        }
        assert_eq!((example_in("31*").as_str(), example_in("310107").as_str()), ("310000", "310107"));
    }
}
