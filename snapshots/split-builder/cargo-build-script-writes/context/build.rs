use std::fs;

fn main() {
    fs::write("tables.json", "{}").unwrap();
}
