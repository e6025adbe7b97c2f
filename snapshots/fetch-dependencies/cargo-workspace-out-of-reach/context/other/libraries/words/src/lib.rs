pub fn words() {}
