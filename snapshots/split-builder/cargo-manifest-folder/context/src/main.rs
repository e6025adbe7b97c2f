fn main() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    for entry in std::fs::read_dir(root).unwrap() {}
}
