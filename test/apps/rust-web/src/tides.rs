const HIGH: [&str; 4] = ["00:40", "06:55", "13:05", "19:20"];

/// Rows of a table, one for each high and low water.
pub fn table() -> String {
    HIGH.iter()
        .enumerate()
        .map(|(index, time)| format!("<tr><td>{time}</td><td>{}</td></tr>", if index % 2 == 0 { "high" } else { "low" }))
        .collect()
}
