pub fn serve(page: &str, style: &str) {}
