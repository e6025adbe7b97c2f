/** Files of which the model once made another image than BuildKit, each with what is right. */
import type { EngineCase } from "./case.ts";

export interface Disagreement {
  /** What the model did not know. */
  readonly about: string;
  readonly one: EngineCase;
  /** What lies at a path (kind, mode, owner, content or target), or why the build fails. */
  readonly right: Readonly<Record<string, string>>;
}

const CONTEXT: EngineCase["context"] = {
  "rootfs/etc/passwd": {
    text: "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/home/app:/bin/sh\nweb:x:33:2000::/srv:/bin/sh\n",
    mode: 0o644,
  },
  "rootfs/etc/group": { text: "root:x:0:\napp:x:1000:\nwww:x:2000:\nweb:x:3000:\n", mode: 0o644 },
  a: { text: "first\n", mode: 0o644 },
  b: { text: "second\n", mode: 0o644 },
  "src/c": { text: "c\n", mode: 0o644 },
  "src/in.git/config": { text: "[core]\n", mode: 0o644 },
  "repository.git": { text: "a file\n", mode: 0o644 },
};

function file(about: string, right: Disagreement["right"], ...lines: readonly string[]): Disagreement {
  return { about, right, one: { lines: ["FROM scratch", "COPY rootfs /", ...lines], context: CONTEXT } };
}

const FAILS = { build: "fails" };
const ASH = 'SHELL ["/bin/ash", "-c"]';

export const DISAGREEMENTS: readonly Disagreement[] = [
  file("a RUN leaves folders where its container has /dev, /proc and /sys", { "/proc": "folder 755 0:0" }, "RUN true"),
  file("COPY takes a path that ends in .git for a repository", FAILS, "COPY src/in.git /x"),
  file("not so with a slash behind it", { "/x/config": "file" }, "COPY src/in.git/ /x"),
  file("nor with no folder before it", { "/x": "file" }, "COPY repository.git /x"),
  file(
    "of several sources without a slash behind the destination, the last is the file",
    { "/x": "file" },
    "COPY a b /x",
  ),
  file("heredocs are copied after paths", { "/x": "file 644 0:0 text\n" }, "COPY <<one a /x", "text", "one"),
  file("a file in the way of a folder", FAILS, "COPY a /x", "COPY b /x/"),
  file("a user's own group need not bear its name", { "/x": "file web:=" }, "COPY --chown=web a /x"),
  file("--chown without a user is root's", { "/x": "file 0:2000" }, "COPY --chown=:2000 a /x"),
  file("--chown with a colon alone is root's group", { "/x": "file app:0" }, "COPY --chown=app: a /x"),
  file("--chmod with a zero in front", { "/x": "file 600 0:0" }, "COPY --chmod=0600 a /x"),
  file(
    "a folder of WORKDIR has the number of its user for a group",
    { "/n": "folder 755 4000:4000" },
    "USER 4000",
    "WORKDIR /n",
  ),
  file("WORKDIR keeps a path as it is written", { WorkingDir: "/w/" }, "WORKDIR /w/"),
  file(
    "an image without a base has a PATH",
    { "ENV X": "/x:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
    "ENV X=/x:$PATH",
  ),
  file("HOME is set from the accounts", { "/home": "file 644 0:=" }, "RUN echo $HOME > /home"),
  file(
    "a link that leads nowhere can't be copied",
    FAILS,
    "RUN ln -s /absent /link",
    "FROM scratch",
    "COPY --from=0 /link /x",
  ),
  file(
    "a link is copied as what it leads to",
    { "/x": "file 644 0:= there\n" },
    "RUN echo there > /real && ln -s /real /link",
    "FROM scratch",
    "COPY --from=0 /link /x",
  ),
  file("another user may not write to root's folders", FAILS, "USER 4000", "RUN touch /x"),
  file("nor read what is root's alone", FAILS, "COPY --chmod=600 a /x", "USER 4000", "RUN cat /x"),
  file("a user without an account runs nothing", FAILS, "USER ghost", "RUN true"),
  file("VOLUME needs a path", FAILS, 'VOLUME ["$NOTHING"]'),
  file("EXPOSE names every port of a range", { EXPOSE: "8001/udp" }, "EXPOSE 8000-8001/udp"),
  file("local outside of a function ends the shell", FAILS, ASH, "RUN local x=1; true"),
  file("rmdir makes no folder above what is not there", { "/srv": "not known" }, "RUN rmdir /srv/d; true"),
  file(
    "line ends at the end of an output are gone",
    { "/x": "file 644 0:=" },
    ASH,
    "COPY a /a",
    'RUN echo "[$(cat /a)]" > /x',
  ),
];
