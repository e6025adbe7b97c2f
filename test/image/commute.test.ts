/** Which neighbours can change places, and what keeps the others apart. ADR 0011. */
import { expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf, whyNotSwap } from "../../src/image/index.ts";

const FILES = {
  "package.json": '{"name":"app"}',
  "package-lock.json": '{"lockfileVersion":3,"packages":{}}',
  "a.js": "",
};

/** The code between the last two steps of a stage on `image`; "swap" where they commute. */
function between(
  lines: readonly string[],
  image = "debian:12",
  files: Readonly<Record<string, string>> = FILES,
): string {
  const source = `FROM ${image}\n${lines.join("\n")}\n`;
  const facts = factsOf(parseDockerfile(source), { context: memoryContext(files) });
  const [a, b] = facts.stages[0]!.steps.slice(-2);
  return whyNotSwap(a!, b!, facts)?.code ?? "swap";
}

const APT = "RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*";

test.each([
  ["COPY . /app", "swap"],
  ["COPY . /srv/app", "swap"],
  ["COPY . /usr/src/app", "swap"],
  ["COPY --from=nginx /etc/mime.types /app/", "swap"],
  ["COPY . /etc/apt", "same-files"],
  ["COPY certificate.crt /usr/local/share/ca-certificates/", "same-files"],
  ["COPY . /", "same-files"],
  ["COPY . /root", "same-files"],
  ["COPY . .", "unknown-step"],
  ["COPY . $WHERE", "unknown-step"],
  ["ADD https://example.com/master.tar.gz /app/", "swap"],
  ["WORKDIR /app", "swap"],
  ["WORKDIR /etc/app", "same-files"],
  ["RUN chmod +x /app/start.sh", "swap"],
  ["RUN ./start.sh", "unknown-step"],
  ["RUN useradd app", "same-files"],
  ["USER root", "setting"],
  ['SHELL ["/bin/bash", "-c"]', "setting"],
  ["ENV LANG=C.UTF-8", "variable"],
  ["ENV DEBIAN_FRONTEND=noninteractive", "variable"],
  ["ARG HTTP_PROXY", "variable"],
  ["ARG SOURCE_DATE_EPOCH", "variable"],
  ["ARG CI", "variable"],
  ["ARG GITHUB_TOKEN", "variable"],
  ["ARG GIT_SHA", "swap"],
  ["ARG BUILD_DATE=today VCS_REF", "swap"],
  ["ARG GIT_SHA OTHER", "variable"],
  ["ENV VERSION=1", "swap"],
  ["ARG CI_COMMIT_SHA", "swap"],
  ["LABEL version=1", "swap"],
  ["EXPOSE 80", "swap"],
  ["CMD run", "swap"],
  ["ONBUILD COPY . .", "swap"],
  ["VOLUME /var/lib/data", "unknown-step"],
])("%s above an install of system packages: %s", (step, code) => {
  expect(between([step, APT])).toBe(code);
});

test.each([
  ["RUN apt-get install -y ./tool.deb", "unknown-step"],
  ["RUN apt-get install -y $PACKAGES", "unknown-step"],
  ["RUN apt-get update && make", "unknown-step"],
  ["RUN apt-get update > update.log", "unknown-step"],
  ["RUN apt-get update > /app/update.log", "same-files"],
  ["RUN apt-get update > /var/log/update.log", "swap"],
  ["RUN cd /app && apt-get update", "same-files"],
  ["RUN cd /tmp && apt-get update", "swap"],
  ["RUN cd $FOLDER && apt-get update", "unknown-step"],
  ["RUN apt-get update && [[ -f /app/a.js ]]", "unknown-step"],
  ["RUN (cd /app; apt-get update)", "unknown-step"],
  ["RUN HOME=/app npm install -g typescript", "unknown-step"],
  ["RUN npm install -g typescript", "swap"],
  ["RUN npm install -g ./tool", "unknown-step"],
  ["RUN pip install flask", "swap"],
  ["RUN pip install .", "unknown-step"],
  ["RUN python3 -m pip install flask", "unknown-step"],
  ["RUN set -eux; apt-get update; apt-get install -y git", "swap"],
  ["RUN apt-get update &", "unknown-step"],
  ["RUN --mount=type=cache,target=/var/cache/apt apt-get update", "swap"],
  ["RUN --mount=type=cache,target=/app/cache apt-get update", "same-files"],
  ["RUN --mount=type=bind,target=/context apt-get update", "unknown-step"],
  ["RUN --mount=type=secret,id=token apt-get update", "swap"],
  ['RUN ["apt-get", "update"]', "unknown-step"],
  ["RUN <<EOF\napt-get update\nEOF", "swap"],
  ["RUN useradd --create-home app", "swap"],
  ["RUN useradd --create-home --home=/app app", "same-files"],
  ["RUN useradd -m -d/app app", "same-files"],
  ["RUN apt-get -c apt.conf update", "unknown-step"],
  ["RUN apt-get -o Dir::Etc::sourcelist=/app/sources.list update", "same-files"],
  ["RUN apt-get install -y git/stable", "swap"],
  ["RUN apt-get install -y vsftpd", "swap"],
  ["RUN apk add --root /app/files git", "same-files"],
  ["RUN apk add --keys-dir=keys git", "unknown-step"],
  ["RUN apk add -X https://example.com/alpine/edge git", "swap"],
  ["RUN dnf install -y --setopt=reposdir=/app/repositories git", "same-files"],
  ["RUN dnf install -y --installroot=/app/files git", "same-files"],
  ["RUN dnf install -y /usr/bin/make", "swap"],
  ["RUN docker-php-ext-configure gd --with-jpeg=/usr/include/", "swap"],
  ["RUN chmod -x /app/start.sh", "same-files"],
  ["RUN chmod --reference=/app/start.sh /usr/bin/git", "unknown-step"],
  ["RUN curl -H @/app/headers https://example.com/tool -o /opt/tool", "unknown-step"],
  ["RUN mkdir -p /app/data", "same-files"],
])("a COPY into /app above %s: %s", (step, code) => {
  expect(between(["COPY . /app", step])).toBe(code);
});

test.each([
  ["ENV APT_CONFIG=/app/apt.conf", APT, "same-files"],
  ["ENV LD_PRELOAD=/app/lib.so", APT, "same-files"],
  ["ENV SSL_CERT_FILE=/app/ca.pem", APT, "same-files"],
  ["ENV PATH=/app/bin:$PATH", APT, "same-files"],
  ["ENV PATH=/app/node_modules/.bin:$PATH", APT, "swap"],
  ["ENV PYTHONPATH=/app", APT, "same-files"],
  ['ENV NODE_OPTIONS="--require /app/hook.js"', "RUN npm install -g typescript", "same-files"],
  ["ENV NODE_OPTIONS=--max-old-space-size=4096", "RUN npm install -g typescript", "swap"],
  ["ENV NODE_EXTRA_CA_CERTS=/app/ca.pem", "RUN npm install -g typescript", "same-files"],
  ["ENV NODE_EXTRA_CA_CERTS=/app/ca.pem", APT, "swap"],
  ["ENV PERL5OPT=-I/app/lib", APT, "same-files"],
  ["ENV JAVA_TOOL_OPTIONS=-javaagent:/app/agent.jar", APT, "same-files"],
  ['SHELL ["/app/sh", "-c"]', APT, "same-files"],
  ['SHELL ["/usr/bin/env", "bash", "/app/rc.sh", "-c"]', APT, "unknown-step"],
  ['ENV PATH=/app/bin:$PATH\nSHELL ["bash", "-c"]', "RUN chmod +x /srv/start.sh", "same-files"],
  ['SHELL ["/bin/bash", "-o", "pipefail", "-c"]', APT, "swap"],
  ["RUN echo 'deb [trusted=yes] file:/app/packages ./' > /etc/apt/sources.list.d/app.list", APT, "same-files"],
  [
    "RUN echo 'deb [signed-by=/app/key.asc] https://example.com/app x main' > /etc/apt/sources.list.d/app.list",
    APT,
    "same-files",
  ],
  ["RUN echo 'deb https://example.com/app x main' > /etc/apt/sources.list.d/app.list", APT, "swap"],
  ["RUN echo /app/lib | tee /etc/ld.so.conf.d/app.conf", APT, "same-files"],
  ["RUN echo /app/lib > /etc/app.conf", APT, "swap"],
  ["COPY <<EOF /etc/apt/sources.list.d/app.sources\nURIs: file:/app/packages\nEOF", APT, "same-files"],
  ["ENV APP_HOME=/app", APT, "swap"],
  ["ENV PATH=/app/bin:$PATH", "RUN apt-get update && true", "same-files"],
])("%s leads an install to files that a COPY brings: %s, %s", (setting, step, code) => {
  expect(between([setting, "COPY . /app", step], "debian:12", {})).toBe(code);
});

test("a folder of PATH holds other programs, as the build context shows", () => {
  expect(between(["ENV PATH=/app/bin:$PATH", "COPY . /app", APT])).toBe("swap");
  expect(between(["ENV PYTHONPATH=/app", "COPY . /app", APT])).toBe("swap");
});

test.each([
  ["app.list", "/etc/apt/sources.list.d/", "same-files"],
  ["app.list", "/etc/app.list", "swap"],
  ["settings", "/etc", "same-files"],
  ["settings", "/", "same-files"],
  ["other.list", "/etc/apt/sources.list.d/", "swap"],
])("settings of the package manager that lead to files of a COPY: %s in %s", (source, folder, code) => {
  const files = {
    "app.list": "deb [trusted=yes] file:///app/packages ./\n",
    "other.list": "deb [trusted=yes] https://example.com/app/packages ./\n",
    "packages/Packages": "",
    "keys/app.asc": "",
    "settings/apt/apt.conf": 'Dir::Etc::Trusted "/app/keys";',
    "settings/etc/apt/apt.conf": 'Dir::Etc::Trusted "/app/keys";',
  };
  expect(between([`COPY ${source} ${folder}`, "COPY . /app", APT], "debian:12", files)).toBe(code);
});

test("a command that runs as another user may be kept from writing", () => {
  expect(between(["USER app", "COPY . /app", APT])).toBe("unknown-step");
});

test("a folder that both steps would make is made by the first", () => {
  expect(between(["COPY . /data/app", "RUN mkdir -p /data/files"])).toBe("same-files");
  expect(between(["WORKDIR /data", "COPY . /data/app", "RUN mkdir -p /data/files"])).toBe("swap");
});

test("cd needs its folder, which WORKDIR makes, and a COPY may", () => {
  expect(between(["WORKDIR /app", "COPY . .", "RUN cd /app && apt-get update"])).toBe("swap");
  expect(between(["WORKDIR /app", "COPY . .", "RUN cd / && apt-get update"])).toBe("swap");
  expect(between(["WORKDIR /app", "COPY . ./bin", "RUN cd bin && apt-get update"])).toBe("same-files");
});

test("a server of files has its folder in /srv", () => {
  expect(between(["COPY . /srv/ftp", "RUN apt-get install -y vsftpd"])).toBe("same-files");
  expect(between(["COPY . /srv/ftp", "RUN apt-get install -y git"])).toBe("swap");
});

test("what comes to lie behind a link may be anywhere, also behind one that cd leads to", () => {
  expect(between(["RUN ln -s /usr/local/etc /settings", "COPY . /settings/app", APT])).toBe("unknown-step");
  expect(between(["WORKDIR /app", "RUN cd / && ln -s /usr/local/etc settings", "COPY . /settings/app", APT])).toBe(
    "unknown-step",
  );
});

test("two steps with one cache mount stay in order", () => {
  const mount = "RUN --mount=type=cache,target=/cache";
  expect(between([`${mount} touch /cache/a`, `${mount} apt-get update`])).toBe("cache-mount");
  expect(between(["RUN --mount=type=cache,id=c,target=/a ls /b", "RUN --mount=type=cache,id=c,target=/d ls /e"])).toBe(
    "cache-mount",
  );
});

test.each([
  ["COPY --chown=app . /app", "debian:12", "account"],
  ["COPY --chown=$OWNER . /app", "debian:12", "account"],
  ["COPY --chown=1000:1000 . /app", "debian:12", "swap"],
  ["COPY --chown=www-data . /app", "debian:12", "swap"],
  ["COPY --chown=www-data . /app", "alpine:3.20", "account"],
  ["COPY --chown=node:node . /app", "node:20", "swap"],
  ["COPY --chown=node:node . /app", "debian:12", "account"],
  ["RUN useradd app\nCOPY --chown=app . /app", "debian:12", "swap"],
  ["RUN useradd application\nCOPY --chown=app . /app", "debian:12", "account"],
  ["RUN chown app /app", "debian:12", "account"],
  ["RUN chown -R app:app /app", "debian:12", "account"],
])("an account in %s on %s: %s", (step, image, code) => {
  expect(between([step, APT], image)).toBe(code);
});

test.each([
  ["ARG GIT_SHA", "swap"],
  ["ARG BUILD_DATE", "swap"],
  ["ARG VERSION", "variable"],
  ["ARG BUILD_NUMBER", "variable"],
  ["ARG CI_COMMIT_SHA", "variable"],
])("%s above an install that heeds its manifests alone: %s", (step, code) => {
  expect(between(["WORKDIR /app", "COPY . .", step, "RUN npm ci"])).toBe(code);
});

test.each([
  ["RUN npm ci && npm run build", "variable"],
  ["RUN make", "variable"],
  ["RUN apk add $GIT_SHA", "variable"],
  ["RUN curl -fsSL https://example.com/tool | tar -xz -C /opt", "swap"],
  ["RUN curl -fsSL https://example.com/setup | bash -", "variable"],
  ["RUN git clone https://example.com/tool.git", "swap"],
  ["RUN for tool in git curl; do apt-get install -y $tool; done", "variable"],
  ["RUN find . -exec ./a {} +", "variable"],
  ["RUN export -p > /etc/variables", "variable"],
  ["RUN set > /etc/variables", "variable"],
])("ARG GIT_SHA above %s: %s", (step, code) => {
  expect(between(["WORKDIR /app", "COPY . .", "ARG GIT_SHA", step])).toBe(code);
});

test("declarations keep their order where one names the other, or both set one name", () => {
  expect(between(["ARG GIT_SHA", "LABEL commit=$GIT_SHA"])).toBe("variable");
  expect(between(["LABEL commit=$GIT_SHA", "ARG GIT_SHA"])).toBe("variable");
  expect(between(["ARG GIT_SHA", "ENV GIT_SHA=none"])).toBe("variable");
  expect(between(["LABEL a=1", "LABEL a=2"])).toBe("setting");
  expect(between(["LABEL a=1", "LABEL b=2"])).toBe("swap");
  expect(between(["CMD run", 'ENTRYPOINT ["start"]'])).toBe("setting");
  expect(between(['SHELL ["/bin/bash", "-c"]', "CMD run"])).toBe("setting");
});
