/// What `name` is told.
pub fn greeting(name: &str) -> String {
    let count = itoa::Buffer::new().format(name.len()).to_owned();
    format!("hello, {name} of {count} letters")
}
