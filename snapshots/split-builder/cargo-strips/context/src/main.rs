fn main() {
    println!("high");
}
