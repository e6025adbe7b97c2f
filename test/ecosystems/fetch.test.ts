import { describe, expect, test } from "vitest";
import { footprintOf } from "../../src/ecosystems/index.ts";
import { invocationOf } from "./calls.ts";

describe("what programs read and write that bring tools in", () => {
  test.each<[string, readonly string[]]>([
    ["curl https://example.com/key.asc", []],
    ["curl -fsSL -o /opt/tool https://example.com/tool", ["/opt/tool"]],
    ["curl -fsSLo tool https://example.com/tool", ["/opt/tools/tool"]],
    ["curl -LO https://example.com/tool-1.0.tgz", ["/opt/tools/tool-1.0.tgz"]],
    ["curl -O --output-dir /opt https://example.com/tool.tgz", ["/opt/tool.tgz"]],
    ['curl -fsSL "https://example.com/$VERSION/tool" -o /opt/tool', ["/opt/tool"]],
    ["wget https://example.com/tool.tgz", ["/opt/tools/tool.tgz", "/root/.wget-hsts"]],
    ["wget -q -O - https://example.com/key.asc", ["/root/.wget-hsts"]],
    ["wget --no-hsts https://example.com/tool.tgz", ["/opt/tools/tool.tgz", "/root/.wget-hsts"]],
    ["wget -qO- https://example.com/key.asc", ["/root/.wget-hsts"]],
    ["wget -nv -P /opt https://example.com/tool.tgz", ["/opt/tool.tgz", "/root/.wget-hsts"]],
    ["tar -xzf /tmp/tool.tgz -C /opt", ["/opt"]],
    ["tar xJ -C /usr/local --strip-components=1", ["/usr/local"]],
    ["tar xf tool.tar", ["/opt/tools"]],
    ["unzip -q /tmp/tool.zip -d /opt/tool", ["/opt/tool"]],
    ["unzip tool.zip", ["/opt/tools"]],
    ["git clone https://example.com/tool.git", ["/opt/tools/tool"]],
    ["git clone --depth 1 -b v2 https://example.com/tool /opt/tool", ["/opt/tool"]],
    ["sed -ri -e 's!/var/www!${ROOT}!g' /etc/apache2/sites-available/*.conf", ["/etc/apache2/sites-available"]],
    ["useradd -m shop", ["/etc", "/home", "/var/lib", "/var/log", "/var/mail", "/var/spool"]],
    ["install -d -o shop -g shop -m 750 /data", ["/data"]],
    ["cp -r pages/* public/", ["/opt/tools/pages", "/opt/tools/public"]],
    ["git config --global user.name shop", ["/root/.gitconfig", "/root/.config/git", "/etc/gitconfig"]],
  ])("%s", (script, written) => {
    expect(writesOf(script)).toEqual(written);
  });

  test.each([
    "curl -K settings https://example.com/tool",
    "curl -T secret https://example.com/tool",
    "curl -H @headers https://example.com/tool",
    "pecl install package.xml",
    "set",
    "export -p",
    "curl -d @order.json https://example.com/orders",
    "curl --cacert ca.pem https://example.com/tool",
    "curl $OPTIONS https://example.com/tool",
    "curl -o $TARGET https://example.com/tool",
    "curl -OJ https://example.com/tool",
    "curl file:///opt/tools/tool",
    "curl -LO https://example.com/$FILE",
    "wget -i list",
    "wget -r https://example.com/tools/",
    "wget https://example.com/",
    "tar -czf /tmp/tool.tgz /opt/tools",
    "tar -xf tool.tar --to-command=sh",
    "tar -xf tool.tar -I 'sh run'",
    "tar -xPf tool.tar",
    "unzip /tmp/*.zip",
    "git clone ../tool /opt/tool",
    "git clone -c core.hooksPath=hooks https://example.com/tool",
    "git clone --template=hooks https://example.com/tool",
    "git clone --reference /opt/tools https://example.com/tool",
    "git config user.name shop",
    "sha256sum -c sums",
    "pecl install ./extension.tgz",
    "sed -i 's/a/b/w copy' /etc/a",
    "sed -i '1r other' /etc/a",
    "sed -i -f script /etc/a",
    "sed -i 's/a/date/e' /etc/a",
  ])("%s may read or write anything", (script) => {
    expect(footprintOf(invocationOf(script)!, surroundings)).toBeUndefined();
  });

  test("a program that was only just installed is read", () => {
    for (const script of ["curl https://example.com/a", "tar xf /tmp/a.tar -C /opt", "git clone https://example.com/a"])
      expect(footprintOf(invocationOf(script)!, surroundings)?.reads).toContain("/usr/bin");
  });

  test("a key in a file is read", () => {
    expect(footprintOf(invocationOf("apt-key add release.asc")!, surroundings)?.reads).toContain(
      "/opt/tools/release.asc",
    );
    expect(footprintOf(invocationOf("dpkg -i /srv/tool.deb")!, surroundings)?.reads).toContain("/srv/tool.deb");
  });
});

const surroundings = { cwd: "/opt/tools", env: new Map(), base: undefined };

function writesOf(script: string): readonly string[] | undefined {
  return footprintOf(invocationOf(script)!, surroundings)?.writes;
}
