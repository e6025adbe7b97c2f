fn main() {
    tonic_build::configure().out_dir("generated").compile_protos(&["tides.proto"], &["."]).unwrap();
}
