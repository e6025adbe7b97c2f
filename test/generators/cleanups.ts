/** Dockerfiles in which one step fills a package manager's folders and a later one empties them, with all kinds of steps between. */
import fc from "fast-check";
import type { Case } from "./case.ts";

const fills = fc.constantFrom(
  "RUN apt-get update && apt-get install -y git",
  "RUN apt-get update; apt-get install -y git",
  "RUN set -eux; apt-get update; apt-get install -y git",
  "RUN apt-get update || true",
  "RUN cd /opt && apt-get update && apt-get install -y git",
  "RUN <<EOF\napt-get update\nEOF",
  "RUN apk update && apk add git",
  "RUN yum install -y git",
  "RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*",
  "RUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y git",
);

const empties = fc.constantFrom(
  "RUN rm -rf /var/lib/apt/lists/*",
  "RUN rm -rf /var/lib/apt/lists",
  "RUN rm -r /var/lib/apt/lists/*",
  "RUN apt-get clean && rm -rf /var/lib/apt/lists/* /tmp/* /var/tmp/*",
  "RUN rm -rf /var/lib/apt/lists/* && apt-get clean",
  "RUN rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/apk/* /var/cache/yum",
  "RUN rm -rf /var/cache/*",
  "RUN npm run build && rm -rf /var/lib/apt/lists/* || true",
  "RUN make && rm -rf /var/lib/apt/lists/*",
  "RUN yum clean all && rm -rf /var/cache/yum",
);

const between = fc.constantFrom(
  "COPY . .",
  "COPY . /",
  "COPY a /var/lib/apt/lists/",
  "COPY --from=debian:12 /etc /etc",
  "WORKDIR /app",
  "WORKDIR sub",
  "ENV PATH=/app/bin:$PATH",
  "ENV LANG=C",
  "VOLUME /var/lib/apt",
  "USER app",
  "USER root",
  'SHELL ["/bin/bash", "-c"]',
  "RUN npm ci",
  "RUN npm install && npm run build",
  "RUN pip install -r requirements.txt",
  "RUN ./configure && make -j4 && make install",
  "RUN make deps",
  "RUN python app.py",
  "RUN ./setup.sh",
  "RUN chmod +x /usr/local/bin/* *.sh",
  "RUN chown -R app:app $HOME",
  "RUN chmod +x $HOME/*.sh",
  'RUN chmod +x "$HOME"/*.sh',
  "RUN chmod +x /opt/*/bin/run",
  "RUN chmod +x ~/*.sh /app/[ab]",
  'RUN sed -i "s|.*|$HOME|" /app/a',
  "RUN echo ${HOME%/*}",
  "RUN rm -rf /var/*/apt",
  "RUN touch /var/lib/apt/lists/a",
  "RUN tar -cf /all.tar /var",
  "RUN poetry run tool",
  "RUN mkdir -p $DATA /data",
  "RUN echo $VERSION > /version",
  "RUN echo a >> $LOG",
  "RUN cp -r /var /copy",
  "RUN cp -r /var/lib/apt/lists /lists",
  "RUN ls /var/lib/apt/lists > /listing",
  "RUN find / -name a",
  "RUN curl -fsSL https://example.com/tool.tar.gz | tar -xz -C /opt",
  "RUN if [ -e /app/a ]; then make; fi",
  "RUN for a in 1 2; do echo $a; done",
  "RUN apt-get install -y curl",
  "RUN apt-get update && apt-get install -y curl",
  "RUN apt-get purge -y git",
  "RUN useradd -m app",
  "RUN dpkg -i /app/tool.deb",
  "RUN a=$(cat /app/a) && echo $a > /b",
  "RUN --mount=type=cache,target=/var/lib/apt/lists apt-get update",
  "RUN --mount=type=bind,target=/src make -C /src install",
  "RUN export PATH=/app/bin:$PATH && npm ci",
);

const files = fc.constantFrom<Case["files"][]>(
  undefined,
  { "package.json": '{ "scripts": { "build": "tsc" } }', a: "a", Makefile: "all:\n\ttrue\n" },
  { "package.json": '{ "scripts": { "build": "apt-get install zip" } }', a: "a" },
);

export const cleanups: fc.Arbitrary<Case> = fc
  .tuple(
    fc.constantFrom("debian:12", "node:20", "alpine:3.20", "phusion/baseimage", "centos:7"),
    fc.array(between, { maxLength: 2 }),
    fills,
    fc.array(fc.oneof({ weight: 5, arbitrary: between }, fills), { maxLength: 4 }),
    empties,
    fc.array(between, { maxLength: 2 }),
    files,
  )
  .map(([image, above, fill, steps, empty, below, context]) => {
    const text = [`FROM ${image}`, ...above, fill, ...steps, empty, ...below].join("\n");
    return context ? { text, files: context } : { text };
  });
