fn main() {
    println!("{}", stock::count());
}
