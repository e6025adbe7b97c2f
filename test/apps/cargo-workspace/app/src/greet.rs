fn main() {
    println!("{}", words::greeting("world"));
}
