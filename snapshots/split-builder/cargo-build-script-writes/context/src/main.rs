fn main() {
    println!("tides");
}
