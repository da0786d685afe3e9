pub struct Evidence<'a> {
    pub manifest_department: &'a str,
    pub manifest_region: &'a str,
    pub printed: &'a [String],
    pub printed_level: &'a str,
    pub path: &'a str,
}
pub struct Identity {
    pub department: String,
    pub department_key: String,
    pub region_code: String,
    pub level: String,
    pub source: String,
}
pub struct Identities;
impl Identities {
    pub fn load(_: &crate::project::Project) -> crate::error::Result<Self> {
        Ok(Self)
    }
    pub fn resolve(&self, _: &Evidence) -> Identity {
        Identity {
            department: String::new(),
            department_key: String::new(),
            region_code: String::new(),
            level: String::new(),
            source: String::new(),
        }
    }
}
