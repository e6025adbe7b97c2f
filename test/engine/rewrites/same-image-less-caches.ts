import { onBusybox, type Rewrite, type WrongRewrite } from "./types.ts";

/** What installs leave behind, beside what they are for. */
const install = [
  "mkdir -p /var/lib/apt/lists /var/cache/apt/archives /root/.npm/_cacache /root/.cache/pip /app/node_modules",
  "echo index >/var/lib/apt/lists/index",
  "echo archive >/var/cache/apt/archives/tool.deb",
  "echo state >/var/lib/apt/extended_states",
  "echo packed >/root/.npm/_cacache/packed",
  "echo wheel >/root/.cache/pip/wheel",
  "echo module >/app/node_modules/module.js",
  "echo settings >/root/.profile",
].join(" && ");

/** The install, and then the step `more`. */
const before = onBusybox(`RUN ${install}`);
const then = (more: string) => onBusybox(`RUN ${install} && ${more}`);

export const wrong: readonly WrongRewrite[] = [
  {
    name: "the whole state of apt",
    before,
    after: then("rm -rf /var/lib/apt"),
    differs: "/var/lib/apt/extended_states",
  },
  { name: "the whole home folder", before, after: then("rm -rf /root/.[!.]*"), differs: "/root/.profile" },
  { name: "modules with the cache", before, after: then("rm -rf /root/.npm /app/node_modules"), differs: /^\/app/ },
  {
    name: "documentation is no cache",
    before: onBusybox("RUN mkdir -p /usr/share/doc && touch /usr/share/doc/a"),
    after: onBusybox("RUN true"),
    differs: /^\/usr/,
  },
  {
    name: "T15: a variable for the cache",
    before,
    after: `${then("rm -rf /root/.npm")}ENV npm_config_cache=/tmp\n`,
    differs: "Env",
  },
  {
    name: "a file that keeps caches away",
    before,
    after: then("rm -rf /var/lib/apt/lists/* && mkdir -p /etc/apt && touch /etc/apt/no-lists"),
    differs: /^\/etc\/apt/,
  },
  {
    name: "another mode for a folder above the cache",
    before,
    after: then("rm -rf /root/.npm && chmod 700 /root"),
    differs: "/root",
  },
  {
    name: "another owner for what is beside it",
    before,
    after: then("rm -rf /root/.npm && chown 5:5 /root/.profile"),
    differs: "/root/.profile",
  },
  {
    name: "another content for what is beside it",
    before,
    after: then("rm -rf /root/.npm && echo more >>/root/.profile"),
    differs: "/root/.profile",
  },
  {
    name: "T16: lists that a later step reads",
    before: onBusybox(`RUN ${install}`, "RUN cat /var/lib/apt/lists/index >/seen"),
    after: onBusybox(`RUN ${install} && rm -rf /var/lib/apt/lists/*`, "RUN cat /var/lib/apt/lists/index >/seen"),
    differs: /./,
  },
  {
    name: "a cache mount over files that are no cache",
    before: onBusybox("RUN mkdir -p /app/data && echo kept >/app/data/kept"),
    after: onBusybox("RUN --mount=type=cache,target=/app/data mkdir -p /app/data && echo kept >/app/data/kept"),
    differs: /^\/app/,
  },
  {
    name: "a file that looks like a cache elsewhere",
    before: onBusybox("RUN mkdir -p /srv/cache && echo page >/srv/cache/page"),
    after: onBusybox("RUN true"),
    differs: /^\/srv/,
  },
];

const caches = {
  "lists of apt": "/var/lib/apt/lists",
  "archives of apt": "/var/cache/apt/archives",
  "npm's cache": "/root/.npm/_cacache",
  "npm's logs": "/root/.npm/_logs",
  "pip's cache": "/root/.cache/pip",
  "yarn's cache": "/usr/local/share/.cache/yarn",
  "pnpm's store": "/root/.local/share/pnpm/store",
  "apk's cache": "/var/cache/apk",
  "dnf's cache": "/var/cache/dnf",
  "yum's cache": "/var/cache/yum",
  "Go's build cache": "/root/.cache/go-build",
  "composer's cache": "/root/.composer/cache",
  "cargo's registry": "/root/.cargo/registry",
};

export const right: readonly Rewrite[] = [
  ...Object.entries(caches).map(([name, folder]) => {
    const fill = `mkdir -p ${folder} && echo x >${folder}/x && echo app >/app`;
    return { name, before: onBusybox(`RUN ${fill}`), after: onBusybox(`RUN ${fill} && rm -rf ${folder}/*`) };
  }),
  { name: "several at once", before, after: then("rm -rf /var/lib/apt/lists/* /root/.npm /root/.cache/pip") },
  {
    name: "removed one step late, then in the same step",
    before: onBusybox(`RUN ${install}`, "RUN rm -rf /root/.npm"),
    after: then("rm -rf /root/.npm"),
  },
  {
    name: "a cache mount in the place of the cache",
    before: onBusybox("RUN mkdir -p /root/.npm/_cacache && echo x >/root/.npm/_cacache/x && echo app >/app"),
    after: onBusybox(
      "RUN --mount=type=cache,target=/root/.npm mkdir -p /root/.npm/_cacache && echo x >/root/.npm/_cacache/x && echo app >/app",
    ),
  },
  {
    name: "a cache mount for apt",
    before: onBusybox("RUN mkdir -p /var/lib/apt/lists && echo x >/var/lib/apt/lists/x && echo app >/app"),
    after: onBusybox("RUN --mount=type=cache,target=/var/lib/apt/lists echo x >/var/lib/apt/lists/x && echo app >/app"),
  },
  { name: "nothing at all", before, after: `# Nothing to clean\n${before}` },
  {
    name: "joined on the way",
    before: onBusybox("RUN echo a >/a", `RUN ${install}`),
    after: onBusybox(`RUN echo a >/a && ${install} && rm -rf /root/.npm`),
  },
  {
    name: "in a stage that is copied from",
    before: `FROM busybox AS base\nRUN ${install}\nFROM busybox\nCOPY --from=base /app /app\n`,
    after: `FROM busybox AS base\nRUN ${install} && rm -rf /root/.npm\nFROM busybox\nCOPY --from=base /app /app\n`,
  },
];
