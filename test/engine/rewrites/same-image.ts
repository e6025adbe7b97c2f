import { onBusybox, type Rewrite, type WrongRewrite } from "./types.ts";

const user = "RUN echo app:x:1000:1000::/:/bin/sh >>/etc/passwd && echo app:x:1000: >>/etc/group";

/** As optimizers get it wrong. */
export const wrong: readonly WrongRewrite[] = [
  {
    name: "T4: the working folder leaks into the next step",
    before: onBusybox("RUN mkdir /src", "RUN cd /src", "RUN touch made"),
    after: onBusybox("RUN mkdir /src", "RUN cd /src && touch made"),
    differs: "/made",
  },
  {
    name: "T4: a variable leaks into the next step",
    before: onBusybox("RUN export FOO=x", 'RUN echo "[$FOO]" >/f'),
    after: onBusybox('RUN export FOO=x && echo "[$FOO]" >/f'),
    differs: "/f",
  },
  {
    name: "T4: the umask leaks into the next step",
    before: onBusybox("RUN umask 077", "RUN touch /f"),
    after: onBusybox("RUN umask 077 && touch /f"),
    differs: "/f",
  },
  {
    name: "2c: exit ends the joined step",
    before: onBusybox("RUN echo a >/a; exit 0", "RUN echo b >/b"),
    after: onBusybox("RUN echo a >/a; exit 0 && echo b >/b"),
    differs: "/b",
  },
  {
    name: "2c: a function hides a command",
    before: onBusybox("RUN ls() { echo mine; }; true", "RUN ls / >/listing"),
    after: onBusybox("RUN ls() { echo mine; }; true && ls / >/listing"),
    differs: "/listing",
  },
  {
    name: "T5: a failure that did not matter ends the build",
    before: onBusybox("RUN false; echo a >/a"),
    after: onBusybox("RUN <<EOF", "set -e", "false", "echo a >/a", "EOF"),
    differs: /./,
  },
  {
    name: "T3: --network=none is lost",
    before: onBusybox("RUN --network=none ip link | grep -c mtu >/links"),
    after: onBusybox("RUN ip link | grep -c mtu >/links"),
    differs: "/links",
  },
  {
    name: "T7: an archive is no longer unpacked",
    before: onBusybox(
      "RUN mkdir /d && echo x >/d/x && tar -cf /d.tar d",
      "FROM busybox",
      "COPY --from=0 /d/x /app/d/x",
    ),
    after: onBusybox("RUN mkdir /d && echo x >/d/x && tar -cf /d.tar d", "FROM busybox", "COPY --from=0 /d.tar /app/"),
    differs: /^\/app\//,
  },
  {
    name: "T8: a folder's mode is given to all that is in it",
    files: { "bin/tool": "a tool" },
    before: onBusybox("COPY bin /opt/bin", "RUN chmod 700 /opt/bin"),
    after: onBusybox("COPY --chmod=700 bin /opt/bin"),
    differs: "/opt/bin/tool",
  },
  {
    name: "T9: copied files belong to the user",
    files: { "src/a": "a" },
    before: onBusybox(user, "USER app", "COPY src /app"),
    after: onBusybox(user, "USER app", "COPY --chown=app src /app"),
    differs: "/app/a",
  },
  {
    name: "T6: CMD gets another shell",
    before: onBusybox("CMD echo $0", 'SHELL ["/bin/ash", "-c"]'),
    after: onBusybox('SHELL ["/bin/ash", "-c"]', "CMD echo $0"),
    differs: "Cmd",
  },
  {
    name: "T12: a heredoc expands what the shell would have kept",
    before: onBusybox("RUN echo 'export PATH=$PATH:/x' >/profile"),
    after: onBusybox("COPY <<EOF /profile", "export PATH=$PATH:/x", "EOF"),
    differs: "/profile",
  },
  {
    name: "T17: WORKDIR in the place of cd",
    before: onBusybox("RUN mkdir /app", "RUN cd /app && touch a", "RUN touch b"),
    after: onBusybox("WORKDIR /app", "RUN touch a", "RUN touch b"),
    differs: "WorkingDir",
  },
  {
    name: "D5: an ENV that is set again later is dropped",
    before: onBusybox("ENV A=1", "RUN echo $A >/one", "ENV A=2"),
    after: onBusybox("RUN echo $A >/one", "ENV A=2"),
    differs: "/one",
  },
  {
    name: "D6: a step that is there twice is dropped",
    before: onBusybox("RUN echo x >>/log", "RUN echo y >>/log", "RUN echo x >>/log"),
    after: onBusybox("RUN echo x >>/log", "RUN echo y >>/log"),
    differs: "/log",
  },
  {
    name: "K3: one ENV cannot use its own variables",
    before: onBusybox("ENV A=1", "ENV B=$A"),
    after: onBusybox("ENV A=1 B=$A"),
    differs: "Env",
  },
  {
    name: "O1: exec form expands nothing",
    before: onBusybox("CMD echo $HOME"),
    after: onBusybox('CMD ["echo", "$HOME"]'),
    differs: "Cmd",
  },
  {
    name: "R: a COPY moved behind a step overwrites what it made",
    files: { made: "from the context" },
    before: onBusybox("COPY . /app/", "RUN echo by the step >/app/made"),
    after: onBusybox("RUN mkdir /app && echo by the step >/app/made", "COPY . /app/"),
    differs: "/app/made",
  },
  {
    name: "chown in another order takes setuid away",
    before: onBusybox("RUN touch /tool && chown 1:1 /tool", "RUN chmod 4755 /tool"),
    after: onBusybox("RUN touch /tool && chmod 4755 /tool && chown 1:1 /tool"),
    differs: "/tool",
  },
  {
    name: "a stage that --target can name gets another file",
    before: "FROM busybox AS dev\nRUN echo dev >/mode\nFROM busybox\nCOPY --from=dev /bin/sh /sh\n",
    after: "FROM busybox AS dev\nRUN echo prod >/mode\nFROM busybox\nCOPY --from=dev /bin/sh /sh\n",
    differs: "/mode",
  },
];

/** Rewrites that keep the image. */
export const right: readonly Rewrite[] = [
  ...[
    ["files made in two steps", ["echo a >/a", "echo b >/b"]],
    ["a glob that is written, then read", ["mkdir /d && touch /d/one /d/two", "ls /d/* >/listing"]],
    ["a file that the next step removes", ["echo large >/archive", "cp /archive /kept && rm /archive"]],
    ["a failure that is forgiven", ["test -e /nothing || true", "touch /behind"]],
    ["setuid, then chown of something else", ["touch /s && chmod 4755 /s", "touch /o && chown 5:6 /o"]],
    ["hard links made and broken", ["echo a >/a && ln /a /b", "rm /a && echo c >/a"]],
    ["a folder replaced by a link", ["mkdir -p /d/e && touch /d/e/f", "rm -rf /d && ln -s /etc /d"]],
    ["fifos and sticky folders", ["mkfifo /pipe", "mkdir -m 1777 /shared"]],
  ].map(([name, steps]) => ({
    name: `joined: ${name}`,
    before: onBusybox(...(steps as readonly string[]).map((step) => `RUN ${step}`)),
    after: onBusybox(`RUN ${(steps as readonly string[]).join(" && ")}`),
  })),
  {
    name: "joined: a subshell keeps what would escape",
    before: onBusybox("RUN mkdir /src", "RUN cd /src; umask 077; touch a", "RUN touch b"),
    after: onBusybox("RUN mkdir /src && (cd /src; umask 077; touch a) && touch b"),
  },
  {
    name: "joined as a heredoc",
    before: onBusybox("RUN echo a >/a", "RUN echo b >/b"),
    after: onBusybox("RUN <<EOF", "set -e", "echo a >/a", "echo b >/b", "EOF"),
  },
  {
    name: "ENV moved over a step that does not look at it",
    before: onBusybox("RUN touch /a", "ENV A=1", "LABEL b=2"),
    after: onBusybox("LABEL b=2", "RUN touch /a", "ENV A=1"),
  },
  {
    name: "one ENV for two",
    before: onBusybox("ENV A=1", "ENV B=2"),
    after: onBusybox("ENV A=1 B=2"),
  },
  {
    name: "one LABEL for two, in another order",
    before: onBusybox("LABEL a=1", "LABEL b=2"),
    after: onBusybox("LABEL b=2 a=1"),
  },
  {
    name: "manifests before sources",
    files: { "deps.txt": "one\ntwo\n", "src/main": "hello" },
    before: onBusybox("WORKDIR /app", "COPY . .", "RUN sort -r deps.txt >installed"),
    after: onBusybox("WORKDIR /app", "COPY deps.txt ./", "RUN sort -r deps.txt >installed", "COPY . ."),
  },
  {
    name: "an owner in COPY in the place of a chown",
    files: { "src/a": "a" },
    before: onBusybox("COPY src /app", "RUN chown -R 7:8 /app"),
    after: onBusybox("COPY --chown=7:8 src /app"),
  },
  {
    name: "ADD of plain files as COPY",
    files: { "src/a": "a", "src/b/c": "c" },
    before: onBusybox("ADD src /app/"),
    after: onBusybox("COPY src /app/"),
  },
  {
    name: "COPY in two steps",
    files: { a: "a", b: "b" },
    before: onBusybox("COPY a b /app/"),
    after: onBusybox("COPY a /app/", "COPY b /app/"),
  },
  {
    name: "a heredoc in the place of echo",
    before: onBusybox("RUN echo 'listen $port' >/conf"),
    after: onBusybox("COPY <<'EOF' /conf", "listen $port", "EOF"),
  },
  {
    name: "a bind mount in the place of a copy that is removed",
    files: { archive: "packed" },
    before: onBusybox("COPY archive /archive", "RUN cp /archive /kept && rm /archive"),
    after: onBusybox("RUN --mount=type=bind,source=archive,target=/archive cp /archive /kept"),
  },
  {
    name: "a stage of its own for what is copied out of it",
    before: onBusybox("RUN echo built >/built", "RUN mkdir /app && cp /built /app/ && rm /built"),
    after: "FROM busybox AS make\nRUN mkdir /app && echo built >/app/built\nFROM busybox\nCOPY --from=make /app /app\n",
  },
  {
    name: "every setting, written in other ways",
    before: onBusybox("EXPOSE 80", "EXPOSE 443", 'ENTRYPOINT ["sh", "-c"]', 'CMD ["true"]', "STOPSIGNAL SIGINT"),
    after: onBusybox("EXPOSE 443 80/tcp", "STOPSIGNAL SIGINT", 'entrypoint [ "sh","-c" ]', 'CMD [ "true" ]'),
  },
];
