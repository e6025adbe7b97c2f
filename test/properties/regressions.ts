/** Cases that a property once failed on, each with what was wrong. Every run begins with them. */
import type { Case } from "../generators/case.ts";

export const REGRESSIONS: Readonly<Record<string, readonly Case[]>> = {
  "fetch-dependencies": [
    // A folder made for a stand-in belonged to who ran the download, and the COPY to that folder left it so.
    {
      text: "FROM rust:1.85\nWORKDIR /srv/app\nCOPY Cargo.toml Cargo.lock ./\nCOPY src ./src\nRUN cargo build --release\n",
      files: {
        "Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nserde = "1"\n',
        "Cargo.lock":
          'version = 3\n\n[[package]]\nname = "app"\nversion = "0.1.0"\ndependencies = [\n "serde",\n]\n\n[[package]]\nname = "serde"\nversion = "1.0.200"\nsource = "registry+https://packages.example/index"\nchecksum = "0000000000000000000000000000000000000000000000000000000000000000"\n',
        "src/main.rs": "fn main() {}\n",
      },
    },
  ],
  "hoist-stable": [
    // The last line, without a line end, was cut twice.
    {
      text: "FROM debian:12 AS base\nFROM base\nCOPY --from=base /app /from\nCOPY . /app\nRUN apt-get update && apt-get install -y git\n\nRUN apt-get update && apt-get install -y git",
    },
    // What others than root may delete depends on every folder on the way.
    {
      text: "FROM debian:12 AS base\nARG VERSION\nUSER $VERSION\nFROM base\nCOPY . /from\nRUN apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n",
    },
  ],
  "merge-runs": [
    // The model let a background job that sets options see all plain variables, as `set` alone lists them.
    {
      text: 'FROM debian:12 AS base\nRUN for each in a:b; do echo "$each" >> parts; done\nRUN set -e && make & exit 0\n',
    },
    // The model let a background job see plain variables that its text does not name.
    { text: 'FROM debian:12 AS base\nRUN <<EOF\nset -e\nlow="x"\nEOF\nRUN <<EOF\nset -e\ntouch a & ln -sf a a\nEOF\n' },
    // The left side of && ignores set -e, also inside of a subshell.
    { text: "FROM ghcr.io/owner/app:1.2\nWORKDIR /srv\nRUN set -e && pwd > where; cd d; chmod +x a\nRUN touch low\n" },
    // The model took a path that begins with an unknown variable for the name of a builtin.
    { text: "FROM python:3\nRUN ~/.local/bin/pip install x\nRUN make\n" },
    // A job left in the background would have come under the set -e of the step before.
    { text: 'FROM debian:12\nRUN set -e; echo "[$FOO]" > foo\nRUN touch a &\n' },
  ],
  "split-builder": [
    // A project below the root folder: whether the image has a .dockerignore of its own is not known.
    {
      text: 'FROM golang:1.24\nWORKDIR /\nCOPY . .\nRUN cd services/api && CGO_ENABLED=0 go build -o /bin/app ./...\nCMD ["/bin/app"]\n',
      files: {
        ".dockerignore": "",
        "services/api/go.mod": "module example.com/app\n\ngo 1.22\n",
        "services/api/main.go": "package main\n\nfunc main() {}\n",
      },
    },
    // What a chown leaves of an owner is the group that the one before had of its own.
    {
      text: "FROM eclipse-temurin:21\nRUN useradd tides\nWORKDIR /app\nCOPY . .\nRUN javac -d made/classes src/Main.java\nRUN chown -R tides /app\nCMD java -cp made/classes Main\n",
      files: { "src/Main.java": "class Main {}\n", "tables/brest.csv": "" },
    },
  ],
};
