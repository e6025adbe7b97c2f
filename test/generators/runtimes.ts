/** Files whose last stage only runs what another one built, on bases that have smaller variants. */
import fc from "fast-check";
import type { Case } from "./case.ts";

interface Kind {
  readonly image: string;
  readonly build: string;
  readonly brings: string;
  readonly command: string;
}

const KINDS: readonly Kind[] = [
  {
    image: "node:20-bookworm",
    build: "npm ci && npm run build",
    brings: "COPY --from=build /src/dist ./dist",
    command: 'CMD ["node", "dist/main.js"]',
  },
  {
    image: "python:3.12",
    build: "python -m venv /opt/venv && /opt/venv/bin/pip install -r requirements.txt",
    brings: "COPY --from=build /opt/venv /opt/venv",
    command: 'CMD ["/opt/venv/bin/python", "main.py"]',
  },
  {
    image: "golang:1.24-bookworm",
    build: "go build -o /usr/local/bin/shop .",
    brings: "COPY --from=build /usr/local/bin/shop /usr/local/bin/shop",
    command: 'CMD ["shop"]',
  },
  {
    image: "rust:1.85-bookworm",
    build: "cargo install --path .",
    brings: "COPY --from=build /usr/local/cargo/bin/shop /app/shop",
    command: "CMD exec ./shop",
  },
  {
    image: "eclipse-temurin:21-jdk",
    build: "javac -d out Main.java",
    brings: "COPY --from=build /src/out ./out",
    command: 'ENTRYPOINT ["sh", "-c", "exec java -cp out Main"]',
  },
];

const EXTRAS: readonly string[] = [
  "ENV MODE=live",
  "LABEL version=1",
  "EXPOSE 8080",
  "RUN useradd --create-home shop",
  "RUN apt-get update && apt-get install -y tini && rm -rf /var/lib/apt/lists/*",
  "RUN mkdir -p /app/data && chown 1000 /app/data",
  "COPY settings.json /etc/shop/",
  "USER shop",
  "HEALTHCHECK CMD curl --fail localhost:8080",
  "RUN ./prepare",
  "VOLUME /app/data",
];

const extras = fc.subarray([...EXTRAS], { maxLength: 4 });

/** The last stage stands on the image, on a stage that both share, or on one of several. */
export const runtimes: fc.Arbitrary<Case> = fc
  .record({ kind: fc.constantFrom(...KINDS), shared: extras, own: extras, chain: fc.nat(2) })
  .map(({ kind, shared, own, chain }) => {
    const image = kind.image;
    const base = chain === 0 ? [] : [`FROM ${image} AS base`, "WORKDIR /app", ...shared];
    const middle = chain === 2 ? ["FROM base AS middle", "ENV LEVEL=2"] : [];
    const last = [image, "base", "middle"][chain];
    const text = [
      ...[...base, ...middle],
      ...[`FROM ${chain === 0 ? image : "base"} AS build`, "WORKDIR /src", "COPY . .", `RUN ${kind.build}`],
      ...[`FROM ${last}`, "WORKDIR /app", kind.brings, ...own, kind.command],
    ];
    return { text: `${text.join("\n")}\n`, files: { "settings.json": "{}", "main.py": "", Dockerfile: "" } };
  });
