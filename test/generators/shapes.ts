/** The shapes in which people copy sources and install or build: for order-manifests and fetch-dependencies. */
import fc from "fast-check";
import type { Case } from "./case.ts";

const seldom = (frequency: number) => fc.integer({ min: 1, max: frequency }).map((n) => n === frequency);

const between = fc.array(
  fc.constantFrom(
    ...["ENV CGO_ENABLED=0", "ARG COMMIT", "ARG TOKEN=none", "LABEL a=1", "USER nobody", "WORKDIR /app", "WORKDIR web"],
    ...["RUN echo x > generated", "RUN ./setup.sh", "RUN mkdir -p logs", "RUN chmod +x setup.sh", "# a comment"],
    ...["RUN apt-get update && apt-get install -y make", "COPY --from=tools /tool ./src/", "COPY extra.js ./src/"],
  ),
  { maxLength: 2 },
);

/** How sources get into the image, with the folder of the project in it. */
const copies = fc.constantFrom<readonly [string, ...string[]]>(
  ["/app", "COPY . ."],
  ["/app", "COPY . /app"],
  ["/app", "COPY --chown=1000:1000 . ."],
  ["/app", "COPY MANIFESTS ./", "COPY src ./src"],
  ["/app", "COPY src ./src", "COPY MANIFESTS ./"],
  ["/app", "COPY MANIFESTS extra.js ./", "COPY src src", "COPY setup.sh /app/"],
  ["/app", "COPY src MANIFESTS ./"],
  ["/app", "COPY . .", "COPY extra.js ./src/"],
  ["/app", "COPY setup.sh ./", "RUN sh ./setup.sh", "COPY . ."],
  ["/app/web", "COPY . web"],
  ["/app/web", "COPY . web/", "WORKDIR web"],
  ["/srv", "COPY . /srv", "WORKDIR /srv"],
);

/** A script around COMMAND and what comes behind it, in FOLDER. */
const scripts = fc.constantFrom(
  ...["COMMAND", "COMMAND && REST", "cd FOLDER && COMMAND && REST", "set -e; COMMAND; REST", "COMMAND; REST"],
  ...["(cd FOLDER && COMMAND)", "cd FOLDER; COMMAND", "set -ex && COMMAND", "if true; then COMMAND; fi"],
  ...["cd FOLDER && COMMAND && cd / && REST", "umask 077 && COMMAND && REST", "COMMAND && rm -rf ~/.npm /go/pkg"],
  ...[
    "<<EOF\nset -e\ncd FOLDER\nCOMMAND\n# then\nREST\nEOF",
    "<<EOF\nCOMMAND\nREST\nEOF",
    "<<EOF\nCOMMAND && REST\nEOF",
  ],
  ...["--mount=type=cache,target=/root/.cache COMMAND", "--mount=type=secret,id=token COMMAND && REST"],
  ...["COMMAND \\\n    # a comment\n    && REST", "A=1 COMMAND", "COMMAND > log", "COMMAND || true"],
);

interface Words {
  readonly manifests: string;
  readonly command: string;
  readonly rest: string;
}

function shaped(
  from: string,
  words: fc.Arbitrary<Words>,
  files: fc.Arbitrary<Record<string, string>>,
): fc.Arbitrary<Case> {
  return fc
    .record({ words, files, copies, between, script: scripts, after: between, isFinal: seldom(2) })
    .map(
      ({
        words: { manifests, command, rest },
        files,
        copies: [folder, ...copying],
        between,
        script,
        after,
        isFinal,
      }) => {
        const run = script.replaceAll("FOLDER", folder).replaceAll("COMMAND", command).replaceAll("REST", rest);
        const lines = [
          ...["FROM debian:13 AS tools", "RUN echo tool > /tool", "", `FROM ${from} AS build`, "WORKDIR /app"],
          ...copying.map((line) => line.replace("MANIFESTS", manifests)),
          ...[...between, `RUN ${run}`, ...after, "RUN echo done > done"],
          ...(isFinal ? [] : ["", "FROM debian:13", "COPY --from=build /app /app"]),
        ];
        return { text: `${lines.join("\n")}\n`, files: { ...files, "setup.sh": "", "extra.js": "", "src/a.js": "" } };
      },
    );
}

const MUX = "github.com/gorilla/mux v1.8.1";
const sums = `${MUX} h1:TuBL49tXwgrFYWhqrNgrUNEY92u81SPhu7sTdzQEiWY=\n${MUX}/go.mod h1:AKf9I4AEqPTmMytcMc0KkNouC66V3BtZ4qD5fmWSiMQ=\n`;

/** `go build`, which downloads what it needs. */
export const goBuilds: fc.Arbitrary<Case> = shaped(
  "golang:1.24",
  fc.record({
    manifests: fc.constantFrom("go.mod go.sum", "go.*"),
    command: fc.constantFrom(
      "go build -o /server ./src",
      "go build ./...",
      "go test ./...",
      "CGO_ENABLED=0 go install ./src",
    ),
    rest: fc.constantFrom("go vet ./...", "echo built", "./setup.sh"),
  }),
  fc.constant({
    "go.mod": `module letters.example/app\n\ngo 1.24\n\nrequire ${MUX}\n`,
    "go.sum": sums,
    "src/main.go": "",
  }),
);

/** `npm ci` and what people put around it. */
export const shapedInstalls: fc.Arbitrary<Case> = shaped(
  "node:20",
  fc.record({
    manifests: fc.constantFrom("package.json package-lock.json", "package*.json"),
    command: fc.constantFrom("npm ci", "npm ci --omit=dev"),
    rest: fc.constantFrom("npm run build", "echo installed", "./setup.sh", "npm cache clean --force"),
  }),
  fc.record({ scripts: fc.constantFrom({}, {}, {}, { postinstall: "node src/a.js" }) }).map(({ scripts }) => ({
    "package.json": JSON.stringify({ name: "letters", version: "1.0.0", scripts }),
    "package-lock.json": JSON.stringify({
      ...{ name: "letters", version: "1.0.0", lockfileVersion: 3, requires: true },
      packages: { "": { name: "letters", version: "1.0.0" } },
    }),
  })),
);
