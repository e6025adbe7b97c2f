//! Serves a page with the tides of a harbour.
mod tides;

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

const STYLE: &str = include_str!("../assets/style.css");

fn main() -> std::io::Result<()> {
    let port = std::env::var("PORT").unwrap_or_else(|_| "8080".into());
    let page = std::fs::read_to_string("templates/index.html")?;
    for stream in TcpListener::bind(format!("0.0.0.0:{port}"))?.incoming() {
        if let Err(error) = answer(stream?, &page) {
            eprintln!("{error}");
        }
    }
    Ok(())
}

fn answer(mut stream: TcpStream, page: &str) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let body = match request.split(' ').nth(1) {
        Some("/style.css") => STYLE.to_string(),
        _ => page.replace("{tides}", &tides::table()),
    };
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
