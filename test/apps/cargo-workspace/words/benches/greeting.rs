fn main() {
    for _ in 0..1_000 {
        std::hint::black_box(words::greeting("world"));
    }
}
