pub fn count() -> u32 {
    7
}
