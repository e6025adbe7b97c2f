import { describe, expect, test } from "vitest";
import { escapesOf, parseScript, type Setting } from "../../src/shell/index.ts";
import { plain } from "../../src/text/index.ts";

const APP: Setting = { cwd: "/app", user: "root", env: new Map([["HOME_OF_APP", "/app"]]) };
const escapes = (text: string, setting: Setting = APP) => escapesOf(parseScript(plain(text), "bash"), setting);
const kinds = (text: string, setting: Setting = APP) => escapes(text, setting).map(({ kind }) => kind);

describe("what escapes a script", () => {
  test.each([
    ["cd src", ["cwd"]],
    ["pushd src; popd", ["cwd", "cwd"]],
    ["command cd src", ["cwd"]],
    ["A=1", ["variable"]],
    ["A=1 B=2; c", ["variable", "variable"]],
    ["IFS=:", ["ifs"]],
    ["A=1 :", ["variable"]],
    ["export A", ["export"]],
    ["readonly A=1", ["export"]],
    ["declare -x A=1", ["export"]],
    ["unset A", ["variable"]],
    ["read line < f", ["variable"]],
    ["printf -v a b", ["variable"]],
    [": ${A:=1}", ["variable"]],
    ["echo $((a = 1)) $((b++))", ["variable", "variable"]],
    ["for f in *; do a; done", ["variable"]],
    ["f() { cd x; }", ["function", "cwd"]],
    ["alias a=b", ["alias"]],
    ["set -x", ["option"]],
    ["set -e", ["errexit"]],
    ["set -eu", ["errexit", "option"]],
    ["set -o pipefail", ["option"]],
    ["shopt -s extglob", ["option"]],
    ["set -- a b", ["positional"]],
    ["shift", ["positional"]],
    ["umask 077", ["umask"]],
    ["ulimit -n 9", ["ulimit"]],
    ["trap 'a' EXIT", ["trap"]],
    ["exec > log", ["redirection"]],
    ["exec a", ["exec"]],
    ["exit", ["exit"]],
    ["a || exit 0", ["exit"]],
    [". ./env", ["unknown"]],
    ["source env", ["unknown"]],
    ["eval a", ["unknown"]],
    ["$TOOL a", ["unknown"]],
    ["a &", ["background"]],
    ["( a & )", ["background"]],
    ["a > >(b)", ["background"]],
    ["coproc a", ["background"]],
    ["sh -c 'a & b'", ["background"]],
    ["su app -c 'sh -c \"a &\"'", ["background"]],
  ])("%j: %j", (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  test.each([
    "a && b || c",
    "( cd src && A=1 && exit )",
    "A=1 b",
    "echo $(cd src; pwd)",
    "a | while read l; do b; done",
    "a || exit 1",
    "a || exit",
    "umask",
    "command -v cd",
    "hash -r",
    '"$DIR/tool" a',
    "$HOME_OF_APP/tool a",
    "set",
    "echo start",
    "if a; then b; fi",
    "! a",
  ])("nothing: %j", (text) => {
    expect(escapes(text)).toEqual([]);
  });

  test.each([
    "service mysql start",
    "/etc/init.d/nginx restart",
    "rc-service sshd start",
    "mysqld_safe",
    "apachectl start",
    "nginx",
    "redis-server --daemonize yes",
    "sudo -u postgres pg_ctl -D /data start",
    "gosu postgres pg_ctl start",
    "supervisord -c f",
    "dockerd",
    "su postgres -c 'pg_ctl start'",
    "php-fpm8.2 -D",
    "mongod --fork",
    "start-stop-daemon --start x",
    "./bin/start-all.sh",
    "screen -dmS a b",
    "adb start-server",
  ])("a daemon: %j", (text) => {
    expect(kinds(text)).toContain("daemon");
    expect(escapes(text).every(({ isolable }) => isolable)).toBe(false);
  });

  test.each([
    "nginx -t",
    "php-fpm -v",
    "mysqld --initialize-insecure",
    "apt-get install -y daemon nginx",
    "useradd daemon",
  ])("no daemon: %j", (text) => {
    expect(kinds(text)).toEqual([]);
  });

  test.each([
    ["touch /dev/shm/a", "container"],
    ["echo '1.2.3.4 db' >> /etc/hosts", "container"],
    ["mount -t tmpfs x /y", "container"],
    ["ln -sf /bin/bash /bin/sh", "shell"],
    ["rm /bin/sh && ln -s /bin/bash /bin/sh", "shell"],
    ["cd /bin && ln -sf bash sh", "shell"],
    ["dpkg-reconfigure dash", "shell"],
    ["apk add --no-cache dash-binsh", "shell"],
    ["zypper --non-interactive install busybox-sh", "shell"],
    ["d=/dev/shm; touch $d/x", "container"],
    ["cd /dev/shm && touch x", "container"],
    ["tar -x -C /dev/shm -f a.tar", "container"],
    ["s=/bin/sh; ln -sf bash $s", "shell"],
    ["sudo bash -c 'rm /bin/sh && ln -s /bin/bash /bin/sh'", "shell"],
    ["ln a b", "hard-link"],
    ["cp -al a b", "hard-link"],
    ["sh -c 'ln a b'", "hard-link"],
    ["link a b", "hard-link"],
    ["find /etc -name passwd -exec ln {} /copy ';'", "hard-link"],
    ["rsync -a --link-dest=/old /new/ /next", "hard-link"],
    ["renice -n 5 -p $$", "container"],
    ["echo 500 > /proc/$$/oom_score_adj", "container"],
    ["rm -f /dev/null", "container"],
    ["sed -i 's,/root,/data,' /etc/passwd", "user"],
    ["sed -i 's/^video:.*/&root/' /etc/group", "user"],
    ["mv /tmp/passwd /etc/passwd", "user"],
    ["grep root /tmp/passwd > /etc/passwd", "user"],
    ["usermod -aG docker root", "user"],
    ["usermod -aG docker $SOMEBODY", "user"],
    ["echo 'docker:x:99:root' >> /etc/group", "user"],
    ["printf 'docker:x:99:app,root\\n' | tee -a /etc/group", "user"],
    ["echo 'root:x:0:0::/data:/bin/sh' | tee -a /etc/passwd", "user"],
    ["groupadd -U root docker", "user"],
    ["groupmod --append --users=app,root docker", "user"],
    ["find / -mindepth 1 -maxdepth 1 -delete", "workdir"],
    ["find / -type d -name 'ap*' -exec rm -rf {} +", "workdir"],
    ["cd / && find . ! -name keep -delete", "workdir"],
    ["find / -path '/a*' -exec rm -r {} ';'", "workdir"],
    ["find / -name app -exec /bin/rm -r {} ';'", "workdir"],
    ["find / -type d -empty -exec rmdir {} +", "workdir"],
    ["find / -maxdepth 1 -name 'a*' -print0 | xargs -0 rm -rf", "workdir"],
    ["rm -rf /app && mkdir /app", "workdir"],
    ["rm -rf / || true", "workdir"],
    ["rm -rf $HOME_OF_APP", "workdir"],
    ["cd .. && rm -rf app", "workdir"],
    ["mv /app /old", "workdir"],
    ["rm -rf ../app", "workdir"],
    ["sh -c 'rm -rf /app'", "workdir"],
    ['rm -rf "$PWD"', "workdir"],
    ["rm -rf $(pwd)", "workdir"],
    ["ln -sfn /releases/2 /app", "workdir"],
    ["rm /app && ln -s /releases/2 /app", "workdir"],
  ])("beyond any shell: %j is %s", (text, kind) => {
    expect(kinds(text)).toContain(kind);
    expect(escapes(text).every(({ isolable }) => isolable)).toBe(false);
  });

  test.each([
    "ln -sf /dev/stdout /var/log/access.log",
    "a > /dev/null 2> /dev/stderr",
    "chmod 666 /dev/null && cp /dev/null /var/log/a",
    "find /etc -name passwd -exec ln -s {} /copy ';'",
    "cat /proc/cpuinfo /etc/hosts",
    "usermod -aG docker app",
    "adduser app wheel",
    "rm -rf build /app/dist /var/lib/apt/lists/*",
    "rm -rf /app/*",
    "ln -s /app /srv/app",
    "echo 'app:x:1000:' >> /etc/group",
    "echo 'app:x:1000:1000::/root:/bin/sh' >> /etc/passwd && chown root:root /etc/passwd",
    "echo 'app:x:1000:rooted' | tee -a /etc/group",
    "groupadd -U app docker",
    "find . -delete",
    "find /app -mindepth 1 -delete",
    "find / -name '*.pyc' -delete",
    "find /usr -depth \\( -type d -a -name test \\) -exec rm -rf '{}' +",
    "find / -type f -delete",
    "find / -name app -print",
    "find / -name app | xargs ls && find / -name '*.pyc' | xargs rm -rf",
    "locale-gen en_US.UTF-8",
    "cp /etc/passwd /rootfs/etc/passwd",
    "cp -a a l",
    "echo 'shm /dev/shm tmpfs' > /etc/fstab",
    "mv a b",
    "ln -s /bin/bash /usr/local/bin/sh2",
    "apk add bash",
  ])("no more than files: %j", (text) => {
    expect(escapes(text)).toEqual([]);
  });

  test.each([
    ["locale-gen", "bash", "de_DE.UTF-8", ["locale"]],
    ["localedef -i en_US -f UTF-8 en_US.UTF-8", "bash", "en_US.UTF-8", ["locale"]],
    ["dpkg-reconfigure -f noninteractive locales", "sh", undefined, ["locale"]],
    ["dnf install -y glibc-langpack-de", "sh", "de_DE.UTF-8", ["locale"]],
    ["apt-get install -y locales-all", "bash", "de_DE.UTF-8", ["locale"]],
    ["apt-get install -y locales", "bash", "de_DE.UTF-8", []],
    ["locale-gen", "bash", "C.UTF-8", []],
    ["locale-gen", "dash", "de_DE.UTF-8", []],
  ] as const)("a locale that the shell has not got: %j in %s with LANG=%s", (text, dialect, lang, expected) => {
    const setting: Setting = { ...APP, env: new Map([["LANG", lang]]) };
    expect(escapesOf(parseScript(plain(text), dialect), setting).map(({ kind }) => kind)).toEqual(expected);
  });

  test("where the working directory is not known, the usual ones may be it", () => {
    const nowhere: Setting = { cwd: undefined, user: undefined, env: new Map() };
    expect(kinds("rm -rf /var/www/html", nowhere)).toEqual(["workdir"]);
    expect(kinds("rm -rf /var/www/*", nowhere)).toEqual(["workdir"]);
    expect(kinds("rm -rf /var/lib/apt/lists/* /tmp/* build ./dist", nowhere)).toEqual([]);
  });

  test("a script that can't be read may do anything", () => {
    expect(escapesOf(parseScript(plain("if a"), "bash"))).toMatchObject([{ kind: "unknown", isolable: false }]);
  });

  test("each names what it is about, and where", () => {
    expect(escapes("a && cd src")).toMatchObject([
      { what: "`cd src` changes the working directory", span: { start: 5, end: 11 }, isolable: true },
    ]);
    expect(escapes("f() { a; }")).toMatchObject([{ what: "`f() { a; }` defines a function" }]);
  });
});
