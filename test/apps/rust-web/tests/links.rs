#[test]
fn page_has_a_place_for_the_tides() {
    assert!(include_str!("../templates/index.html").contains("{tides}"));
}
