fn main() {
    static_files::resource_dir("public").build().unwrap();
}
