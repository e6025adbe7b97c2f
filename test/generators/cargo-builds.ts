/** Builder stages that compile with Cargo, in front of an image that takes the program: for cook-dependencies. */
import fc from "fast-check";
import type { Case } from "./case.ts";
import type { Files } from "./minimal-projects.ts";

const seldom = (frequency: number) => fc.integer({ min: 1, max: frequency }).map((n) => n === frequency);

const manifest = (name: string, more = "") =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n\n[dependencies]\nitoa = "1"\n${more}`;

const LOCK = `version = 4

[[package]]
name = "itoa"
version = "1.0.14"
source = "registry+https://crates.example/index"
checksum = "d75a2a4b1b190afb6f5425f10f6a8f959d2ea0b9c2b1d79553551850539e4674"

[[package]]
name = "tides"
version = "1.0.0"
dependencies = ["itoa"]
`;

const PROJECTS: Readonly<Record<string, Files>> = {
  single: { "Cargo.toml": manifest("tides"), "src/main.rs": "fn main() {}\n" },
  workspace: {
    "Cargo.toml": '[workspace]\nmembers = ["tides", "crates/*"]\nresolver = "2"\n',
    "tides/Cargo.toml": manifest("tides"),
    "tides/src/main.rs": "fn main() {}\n",
    "crates/words/Cargo.toml": manifest("words"),
    "crates/words/src/lib.rs": "",
  },
  script: { "Cargo.toml": manifest("tides"), "src/main.rs": "fn main() {}\n", "build.rs": "fn main() {}\n" },
};

/** What may stand in front of the sources. */
const before = fc.array(
  fc.constantFrom(
    ...[
      "RUN apt-get update && apt-get install -y cmake",
      "ENV CARGO_TERM_COLOR=never",
      "ENV RUSTFLAGS='-C debuginfo=0'",
    ],
    ...[
      "ARG COMMIT",
      "COPY Cargo.toml Cargo.lock ./",
      "RUN rustup target add x86_64-unknown-linux-musl",
      "USER nobody",
    ],
    ...[
      "COPY Cargo.toml Cargo.lock ./\nRUN mkdir -p src && touch src/main.rs && cargo fetch && rm src/main.rs",
      "# a comment",
      "RUN mkdir /out",
    ],
  ),
  { maxLength: 2 },
);

const COPIES = [
  "COPY . .",
  "COPY . .",
  "COPY . /src",
  "COPY --chown=1000:1000 . .",
  "COPY Cargo.toml Cargo.lock ./\nCOPY . .",
];

export const cargoBuilds: fc.Arbitrary<Case> = fc
  .record({
    project: fc.constantFrom(...Object.keys(PROJECTS)),
    base: fc.constantFrom("rust:1.90", "rust:1.90-slim-trixie", "rust:1.89-alpine3.22", "rust:1.75", "debian:13"),
    named: fc.integer({ min: 1, max: 4 }).map((n) => n < 4),
    before,
    copy: fc.constantFrom(...COPIES),
    profile: fc.constantFrom("--release", "--release", "-r", "", "--profile bench"),
    options: fc.constantFrom(
      "",
      "",
      "--locked",
      "--bin tides",
      "-p tides",
      "--all-features",
      "--workspace",
      "--offline",
    ),
    target: fc.constantFrom("", "", "", "--target x86_64-unknown-linux-musl", "--target-dir /out"),
    mount: seldom(4),
    behind: fc.constantFrom("", "", "", "RUN strip target/release/tides", "RUN cargo test", "COPY notes.md ./"),
    takes: fc.constantFrom("FILE /usr/local/bin/", "FILE /usr/local/bin/", "FILE ./tides", "/src/target /target"),
    inBuilder: seldom(8),
    below: seldom(8),
  })
  .map(({ project, base, named, before, copy, profile, options, target, mount, behind, takes, inBuilder, below }) => {
    const folder = { "--release": "release", "-r": "release", "": "debug", "--profile bench": "bench" }[profile];
    const [kind, value] = target.split(" ");
    const root = kind === "--target-dir" ? value : "/src/target";
    const file = `${root}/${kind === "--target" ? `${value}/` : ""}${folder}/tides`;
    const words = ["cargo build", profile, target, options].filter((word) => word !== "").join(" ");
    const run = `RUN ${mount ? "--mount=type=cache,target=/usr/local/cargo/registry " : ""}${words}`;
    const builder = [`FROM ${base}${named ? " AS build" : ""}`, "WORKDIR /src", ...before, copy, run, behind];
    const from = named ? "build" : "0";
    const start = [`COPY --from=${from} ${takes.replace("FILE", file)}`, 'CMD ["tides"]'];
    const final = inBuilder
      ? [`CMD ["${file}"]`]
      : ["", ...(below ? [`FROM ${from} AS check`, ""] : []), "FROM debian:trixie-slim", ...start];
    const text = [...builder, ...final].filter((line, at) => line !== "" || at > builder.length - 1).join("\n");
    return { text: `${text}\n`, files: { ...PROJECTS[project], "Cargo.lock": LOCK, "notes.md": "# Tides\n" } };
  });
