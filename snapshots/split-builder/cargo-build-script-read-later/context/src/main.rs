fn main() {
    let harbours = std::fs::read_to_string(concat!(env!("OUT_DIR"), "/harbours.txt")).unwrap();
    println!("{harbours}");
}
