import { onBusybox, type Rewrite, type WrongRewrite } from "./types.ts";

/** An app whose sources are turned into `dist/`, beside a module for development that the build alone needs. */
const files = {
  "src/page": "<h1>made of sources</h1>\n",
  "src/notes": "for builders\n",
  settings: "greeting=hello\n",
  "public/style.css": "h1 {}\n",
};

const inventory = JSON.stringify({
  lockfileVersion: 3,
  packages: { "node_modules/run": { version: "1.0.0" }, "node_modules/build": { version: "1.0.0", dev: true } },
});

const modules = ["run", "build"].map(
  (name) =>
    `mkdir -p node_modules/${name} && echo '{"name":"${name}","version":"1.0.0"}' >node_modules/${name}/package.json`,
);

/** Steps that make `/app/dist` and `/app/node_modules` out of the context. */
const build = [
  "WORKDIR /app",
  "COPY . .",
  `RUN ${modules.join(" && ")} && echo '${inventory}' >node_modules/.package-lock.json`,
  "RUN mkdir dist && sed s/made/built/ src/page >dist/index.html && mkdir -p /root/.npm/_cacache && touch /root/.npm/_cacache/x",
];

interface Shape {
  /** Between the copies and the command. */
  readonly more?: readonly string[];
  readonly start: readonly string[];
  /** What crosses to the runtime stage, below /app. */
  readonly crossing?: readonly string[];
}

const SERVER = ["EXPOSE 8080", 'CMD ["httpd", "-f", "-p", "8080", "-h", "/app/dist"]'];
const PRINTER = ["CMD cat dist/index.html"];

/** In one stage. */
function whole({ more = [], start }: Shape): string {
  return onBusybox(...build, ...more, ...start);
}

/** In a builder and a runtime stage. */
function split({ more = [], start, crossing = ["dist", "node_modules/run"] }: Shape): string {
  const copies = crossing.map((path) => `COPY --from=builder /app/${path} /app/${path}`);
  return `FROM busybox AS builder\n${build.join("\n")}\n${onBusybox("WORKDIR /app", ...copies, ...more, ...start)}`;
}

const server = whole({ start: SERVER });
const printer = whole({ start: PRINTER });
const withUser = ["RUN echo app:x:1000:1000::/:/bin/sh >>/etc/passwd && mkdir /data && chown 1000 /data", "USER app"];

export const wrong: readonly WrongRewrite[] = [
  {
    name: "a page has other content",
    files,
    before: server,
    after: split({ start: SERVER }).replace("s/made/baked/", "").replace("s/made/built/", "s/made/baked/"),
    differs: "/app/dist/index.html",
  },
  {
    name: "M: what the build made does not cross",
    files,
    before: server,
    after: split({ start: SERVER, crossing: ["node_modules/run"] }),
    differs: /^\/app\/dist/,
  },
  {
    name: "a module for production does not cross",
    files,
    before: server,
    after: split({ start: SERVER, crossing: ["dist"] }),
    differs: /node_modules\/run/,
  },
  {
    name: "a file of the context that the server gives out",
    files,
    before: whole({ start: ["EXPOSE 8080", 'CMD ["httpd", "-f", "-p", "8080", "-h", "/app"]'] }),
    after: split({ start: ["EXPOSE 8080", 'CMD ["httpd", "-f", "-p", "8080", "-h", "/app"]'] }),
    differs: /^\/app\/public/,
  },
  {
    name: "a file of the context that the command opens, and can do without",
    files,
    before: whole({ start: ["CMD cat settings >/dev/null 2>&1; cat dist/index.html"] }),
    after: split({ start: ["CMD cat settings >/dev/null 2>&1; cat dist/index.html"] }),
    differs: "/app/settings",
  },
  {
    name: "a user who is gone",
    files,
    before: whole({ more: withUser, start: PRINTER }),
    after: split({ more: ["USER app"], start: PRINTER }),
    differs: /./,
  },
  {
    name: "a variable that is lost",
    files,
    before: whole({ more: ["ENV MODE=production"], start: PRINTER }),
    after: split({ start: PRINTER }),
    differs: "Env",
  },
  {
    name: "a link to what stayed behind",
    files,
    before: whole({ more: ["RUN ln -s /app/settings /etc/settings"], start: PRINTER }),
    after: split({ more: ["RUN ln -s /app/settings /etc/settings"], start: PRINTER }),
    differs: /settings/,
  },
  {
    name: "an interpreter that stayed behind",
    files: { ...files, "tool.sh": "#!/bin/sh\necho tool\n" },
    before: whole({
      more: ["RUN printf '#!/app/tool.sh\\n' >/bin/start && chmod 755 /bin/start tool.sh"],
      start: PRINTER,
    }),
    after: split({ more: ["RUN printf '#!/app/tool.sh\\n' >/bin/start && chmod 755 /bin/start"], start: PRINTER }),
    differs: /tool\.sh|start/,
  },
  {
    name: "a folder of data with another owner",
    files,
    before: whole({ more: withUser, start: PRINTER }),
    after: split({ more: [withUser[0]!.replace(" && chown 1000 /data", ""), "USER app"], start: PRINTER }),
    differs: "/data",
  },
  {
    name: "a program that lost its mode",
    files,
    before: whole({ more: ["RUN echo 'echo hi' >dist/start && chmod 755 dist/start"], start: PRINTER }),
    after: split({ more: ["RUN echo 'echo hi' >dist/start"], start: PRINTER }),
    differs: "/app/dist/start",
  },
  {
    name: "a file that was not there",
    files,
    before: printer,
    after: split({ more: ["RUN echo more >/app/dist/more"], start: PRINTER }),
    differs: "/app/dist/more",
  },
  {
    name: "another exit code",
    files,
    before: whole({ start: ["CMD test -e src/page"] }),
    after: split({ start: ["CMD test -e src/page"] }),
    differs: /exit|src\/page/,
  },
];

const starts: Readonly<Record<string, Shape>> = {
  "a server": { start: SERVER },
  "a command that ends": { start: PRINTER },
  "a command of a user": { more: withUser, start: PRINTER },
  "an entry point with arguments": { start: ['ENTRYPOINT ["cat"]', 'CMD ["/app/dist/index.html"]'] },
  "a command that fails": { start: ["CMD cat dist/index.html; exit 3"] },
};

const crossings: Readonly<Record<string, readonly string[] | undefined>> = {
  "the outputs and the module cross": undefined,
  "settings cross as well": ["dist", "node_modules/run", "settings"],
  "all modules cross": ["dist", "node_modules"],
  "everything crosses": ["src", "settings", "public", "node_modules", "dist"],
};

export const right: readonly Rewrite[] = Object.entries(starts).flatMap(([start, shape]) =>
  Object.entries(crossings).map(([name, crossing]) => ({
    name: `${start}: ${name}`,
    files,
    before: whole(shape),
    after: split({ ...shape, ...(crossing && { crossing }) }),
  })),
);
