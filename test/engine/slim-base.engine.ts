/** Stages that run on the larger image of a family run on the smaller one as well: nothing that they need is missing there. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Proof, prove } from "../../src/engine/index.ts";
import { rewriteApp } from "../harness/apps.ts";
import { SETTINGS } from "../harness/build-settings.ts";
import { sampled } from "./sampled.ts";
import { sessionHere } from "./session-here.ts";

const session = sessionHere();

type Files = Readonly<Record<string, string>>;

async function proofOf(dockerfile: string, files: Files, jlink: readonly string[] = []): Promise<Proof> {
  const work = mkdtempSync(join(tmpdir(), "refit-slim-"));
  try {
    for (const [path, text] of Object.entries({ ...files, Dockerfile: dockerfile })) {
      mkdirSync(dirname(join(work, path)), { recursive: true });
      writeFileSync(join(work, path), text);
    }
    const result = rewriteApp(work, ["slim-base"], { "slim-base": { jlink } });
    expect(result.outcomes, JSON.stringify(result.outcomes)).toMatchObject([{ kind: "applied" }]);
    const { before, after } = result;
    const about = { path: "Dockerfile", before, after, context: work, rewrite: result, probes: ["/"] };
    return await prove(session(), { ...about, promise: "same-runtime", settings: { ...SETTINGS, timeout: 600 } });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const NODE = 'require("http").createServer((_, answer) => answer.end("hello")).listen(3000);\n';
const PYTHON = `from http.server import BaseHTTPRequestHandler, HTTPServer
class Hello(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello")
HTTPServer(("", 8000), Hello).serve_forever()
`;
const RUBY = `require "socket"
server = TCPServer.new(8000)
loop do
  client = server.accept
  client.gets
  client.write("HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\nConnection: close\\r\\n\\r\\nhello")
  client.close
end
`;

/** Asks for all that Go's packages look up. */
const GO = `package main

import (
	"fmt"
	"mime"
	"os"
	"os/user"
	"time"
)

func main() {
	me, err := user.Current()
	fmt.Println(me.Username, me.HomeDir, err)
	group, err := user.LookupGroup("www-data")
	fmt.Println(group, err)
	for _, name := range []string{"Europe/Berlin", "US/Pacific"} {
		zone, err := time.LoadLocation(name)
		fmt.Println(zone, err, time.Unix(0, 0).In(zone))
	}
	fmt.Println(time.Local, time.Unix(0, 0), mime.TypeByExtension(".odt"))
	file, err := os.CreateTemp("", "shop")
	fmt.Println(file != nil, err)
	home, _ := os.UserHomeDir()
	fmt.Println(home, os.Getenv("PATH"))
}
`;

/** A program of a module that other people wrote. */
const STARTER = `package runs

import (
	"fmt"
	"os"
	"os/exec"
)

func Run() {
	if len(os.Args) > 1 {
		fmt.Println(exec.Command(os.Args[1]).Run())
	}
}
`;

function goStages(...rest: readonly string[]): string {
  const build = "RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o /bin/shop .";
  const stages = ["FROM golang:1.24-trixie AS build", "WORKDIR /src", "COPY . .", build, "FROM golang:1.24-trixie"];
  return [...stages, "WORKDIR /srv", "COPY --from=build /bin/shop /bin/shop", ...rest, 'CMD ["shop"]', ""].join("\n");
}

describe("a static program of Go on scratch", () => {
  test("finds all that it looks up", async () => {
    const files = { "main.go": GO, "go.mod": "module example.com/shop\n\ngo 1.24\n" };
    const { verdict, targets, surface } = await proofOf(goStages("ENV TZ=Asia/Tokyo", "USER www-data"), files);
    expect(verdict, JSON.stringify(targets, null, 1)).toBe("kept");
    expect(surface!.after.executables).toBe(1);
    expect(surface!.after.bytes).toBeLessThan(10_000_000);
  });

  test("may start no other program, whoever wrote what does", async () => {
    const { verdict, targets } = await proofOf(goStages(), {
      "main.go": 'package main\n\nimport "example.com/runs"\n\nfunc main() { runs.Run() }\n',
      "go.mod": "module example.com/shop\n\ngo 1.24\n\nrequire example.com/runs v1.0.0\n",
      "vendor/modules.txt": "# example.com/runs v1.0.0\n## explicit; go 1.24\nexample.com/runs\n",
      "vendor/example.com/runs/runs.go": STARTER,
    });
    expect(verdict).toBe("broken");
    expect(targets.flatMap(({ differences }) => differences.map(({ what }) => what))).toEqual([
      "/bin/sh, which /usr/bin/shop may start, as it may other programs, is missing",
    ]);
  });
});

/** Names what is in three modules. */
const JAVA = {
  "Tides.java": `import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

public class Tides {
    public static void main(String[] words) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(8000), 0);
        byte[] answer = Level.now().getBytes();
        server.createContext("/", (exchange) -> {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }
}
`,
  "Level.java": `import java.util.logging.Logger;

public class Level {
    static String now() {
        return Logger.getLogger("tides").getName() + java.util.TimeZone.getDefault().getID();
    }
}
`,
};

/** Nothing asks for it when the app starts. */
const DATABASE = "interface Database { java.sql.Connection open(); javax.naming.Name name(); }\n";

const JAVA_STAGES = `FROM openjdk:21-jdk-trixie AS build
WORKDIR /src
COPY . .
RUN javac -d classes *.java && jar cf server.jar -C classes .
FROM openjdk:21-jdk-trixie
WORKDIR /srv
COPY --from=build /src/server.jar ./
EXPOSE 8000
CMD ["java", "-cp", "server.jar", "Tides"]
`;

describe("a Java of some modules", () => {
  test("runs what names no others", async () => {
    const { verdict, targets, surface } = await proofOf(JAVA_STAGES, JAVA, ["java.logging", "jdk.httpserver"]);
    expect(verdict, JSON.stringify(targets, null, 1)).toBe("kept");
    expect(surface!.after.bytes).toBeLessThan(surface!.before.bytes / 2);
  });

  test("must have what archives name, though nothing asks for it at first", async () => {
    const files = { ...JAVA, "Database.java": DATABASE };
    const { verdict, targets } = await proofOf(JAVA_STAGES, files, ["java.logging", "jdk.httpserver"]);
    expect(verdict).toBe("broken");
    expect(targets.flatMap(({ differences }) => differences.map(({ what }) => what)).sort()).toEqual([
      "the module java.naming, which /srv/server.jar names, is missing",
      "the module java.sql, which /srv/server.jar names, is missing",
    ]);
  });
});

describe("a smaller image runs the same", () => {
  test.each(
    sampled<[base: string, rest: string, files: Files]>([
      ["node:20", "WORKDIR /app\nCOPY . .\nUSER node\nEXPOSE 3000\nCMD node server.js", { "server.js": NODE }],
      [
        "python:3.13.5-trixie",
        'COPY server.py /srv/\nEXPOSE 8000\nCMD ["python", "/srv/server.py"]',
        { "server.py": PYTHON },
      ],
      ["ruby:3.3", 'WORKDIR /srv\nCOPY . .\nEXPOSE 8000\nCMD ["ruby", "server.rb"]', { "server.rb": RUBY }],
      [
        "debian:trixie",
        'RUN apt-get update && apt-get install -y --no-install-recommends file\nCOPY notes.txt /\nCMD ["file", "/notes.txt"]',
        { "notes.txt": "hello\n" },
      ],
    ]),
  )("%s", async (base, rest, files) => {
    const { verdict, targets, surface } = await proofOf(`FROM ${base}\n${rest}\n`, files);
    expect(verdict, JSON.stringify(targets, null, 1)).toBe("kept");
    expect(surface!.after.bytes).toBeLessThan(surface!.before.bytes);
  });
});

test("a program that the smaller image lacks is found", async () => {
  // No text of the app names it.
  const call = "import os\nos.execvp('tig'[::-1], ['tell', '--version'])\n";
  const proof = await proofOf('FROM python:3.13.5-trixie\nCOPY tell.py /\nCMD ["python", "/tell.py"]\n', {
    "tell.py": call,
  });
  expect(proof.verdict).toBe("broken");
});
