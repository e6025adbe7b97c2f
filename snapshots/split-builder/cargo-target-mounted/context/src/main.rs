mod stock;

/// Serves "templates" and the list of "src" files.
fn main() {
    let page = std::fs::read_to_string("templates/index.html").unwrap();
    let style = include_str!("../assets/style.css");
    stock::serve(&page, style);
}
