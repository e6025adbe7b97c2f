/** Dockerfiles in which steps could change places: installs below sources, declarations above installs, and what stands between. */
import fc from "fast-check";
import type { Case } from "./case.ts";

const images = fc.constantFrom("debian:12", "alpine:3.20", "node:20", "python:3.12-slim", "scratch");

const installs = fc.constantFrom(
  "RUN apt-get update && apt-get install -y git",
  "RUN apt-get update",
  "RUN apt-get install -y curl && rm -rf /var/lib/apt/lists/*",
  "RUN set -eux; apt-get update; apt-get install -y git",
  "RUN apk add --no-cache git",
  "RUN <<EOF\napk add git\nEOF",
  "RUN npm install -g typescript",
  "RUN pip install flask==3.0.0",
  "RUN --mount=type=cache,target=/var/cache/apt apt-get install -y make",
  "RUN apt-get install -y ./tool.deb",
  "RUN apt-get update && apt-get install -y git && make",
  "RUN VERSION=2 apt-get install -y tool=$VERSION",
  "RUN cd /tmp && apk add git",
  "RUN apt-get update || true",
);

const copies = fc.constantFrom(
  "COPY . .",
  "COPY . /app",
  "COPY src ./src",
  "COPY package.json ./",
  "COPY a /etc/apt/sources.list",
  "COPY --chown=app:app . /srv",
  "COPY . /",
  "COPY . /var/www",
  "COPY . /home/app",
  "COPY src /usr/local/bin/",
  "ADD . $VERSION",
);

const arranging = fc.constantFrom(
  "WORKDIR /app",
  "WORKDIR /srv/app",
  "WORKDIR sub",
  "RUN useradd -m app",
  "RUN addgroup -S app && adduser -S app",
  "RUN mkdir -p /data && chown app /data",
  "RUN mkdir -p cache",
  "RUN chmod +x /app/a",
  "RUN chmod -R 755 /app",
  "RUN cp a /etc/a",
  "RUN rm -rf /app/a",
  "RUN echo $VERSION > /version",
  "RUN make",
  "RUN ./configure && make",
  "RUN curl -fsSL https://example.com/tool -o /opt/tool",
  "RUN echo a > b && chmod 600 b",
  "RUN ln -s /app /srv",
  "RUN if true; then apk add git; fi",
  "RUN for a in 1 2; do apk add $a; done",
  "RUN umask 077 && mkdir /data",
);

const settings = fc.constantFrom(
  "ARG GIT_SHA",
  "ARG GIT_SHA=none",
  "ARG BUILD_DATE VERSION=1",
  "ARG VERSION",
  "ARG VERSION=1",
  "ARG SOURCE_DATE_EPOCH",
  "ENV GIT_SHA=$GIT_SHA",
  "ENV VERSION=1",
  "ENV VERSION=$VERSION COMMIT=$GIT_SHA",
  "ENV PATH=/x:$PATH",
  "ENV LANG=C",
  "ENV HOME=/app",
  "LABEL sha=$GIT_SHA",
  'LABEL version="$VERSION" date=$BUILD_DATE',
  "LABEL version=2",
  "USER app",
  "USER root",
  "USER $VERSION",
  'SHELL ["/bin/bash", "-c"]',
  "EXPOSE 80",
  "EXPOSE $VERSION",
  "VOLUME /data",
  'CMD ["run"]',
  "CMD run $VERSION",
  "ENTRYPOINT run",
  "ONBUILD COPY . .",
  "STOPSIGNAL $VERSION",
);

const notes = fc.constantFrom("", "", "", "\n", "# a comment\n", "\n# a comment\n");

const bodies = fc
  .array(
    fc.tuple(
      notes,
      fc.oneof(
        { weight: 4, arbitrary: installs },
        { weight: 4, arbitrary: copies },
        { weight: 2, arbitrary: arranging },
        { weight: 4, arbitrary: settings },
      ),
    ),
    { minLength: 2, maxLength: 8 },
  )
  .map((steps) => steps.map(([note, step]) => `${note}${step}`).join("\n"));

const files = fc.constantFrom(undefined, { "package.json": "{}", "src/a": "a", a: "a", "tool.deb": "" });

/** One stage or two, the second on the first or with a COPY from it. */
export const movableSteps: fc.Arbitrary<Case> = fc
  .tuple(
    fc.constantFrom("", "", "ARG VERSION=3\n"),
    images,
    fc.constantFrom("", "WORKDIR /app\n"),
    bodies,
    fc.option(fc.tuple(fc.constantFrom("base", "debian:12"), bodies), { freq: 3 }),
    fc.constantFrom("", "\n"),
    files,
  )
  .map(([head, image, workdir, body, second, end, context]) => {
    const more = second ? `\nFROM ${second[0]}\nCOPY --from=base /app /from\n${second[1]}` : "";
    const text = `${head}FROM ${image} AS base\n${workdir}${body}${more}${end}`;
    return context ? { text, files: context } : { text };
  });

/** Declarations of what changes with every commit, above installs. */
export const volatileDeclarations: fc.Arbitrary<Case> = fc
  .tuple(
    images,
    fc.array(fc.tuple(notes, settings), { minLength: 1, maxLength: 4 }),
    fc.array(fc.oneof({ weight: 3, arbitrary: installs }, arranging, settings), { minLength: 1, maxLength: 4 }),
    fc.array(copies, { maxLength: 2 }),
    files,
  )
  .map(([image, declared, steps, copied, context]) => {
    const above = declared.map(([note, setting]) => `${note}${setting}`);
    const text = [`FROM ${image}`, ...above, ...steps, ...copied].join("\n");
    return context ? { text, files: context } : { text };
  });
