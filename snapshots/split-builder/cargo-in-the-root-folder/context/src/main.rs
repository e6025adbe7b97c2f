fn main() {
    let page = std::fs::read_to_string("templates/page.html").unwrap();
    println!("{page}");
}
