//! Counts the letters of its words.
use std::env;

fn main() {
    for word in env::args().skip(1) {
        println!("{word} {}", itoa::Buffer::new().format(word.chars().count()));
    }
}
