import { within } from "./npm.ts";
import type { Files, Project, Tool } from "./project.ts";

const plain: Files = {
  "go.mod": "module example.com/app\n\ngo 1.24\n\nrequire example.com/words v1.0.0\n",
  "main.go": 'package main\n\nimport "example.com/words"\n\nfunc main() { println(words.Greeting) }\n',
};
const lib: Files = {
  "lib/go.mod": "module example.com/words\n\ngo 1.24\n",
  "lib/words.go": 'package words\n\nconst Greeting = "hello"\n',
};
const replaced: Files = {
  "go.mod": `${plain["go.mod"]}\nreplace example.com/words => ./lib\n`,
  "main.go": plain["main.go"]!,
  ...lib,
};
const command = "go mod download";

const projects: readonly Project[] = [
  { says: "downloads what go.mod asks for", files: plain, prepare: "go mod tidy", command },
  { says: "works in a folder", files: within("service", plain), from: "service", prepare: "go mod tidy", command },
  {
    says: "works in a folder that is named",
    files: within("service", plain),
    prepare: "go -C service mod tidy",
    command: "go -C service mod download",
  },
  { says: "reads modules in folders", files: replaced, prepare: "go mod tidy", command },
  { says: "has modules in vendor", files: plain, prepare: "go mod tidy && go mod vendor", command },
  {
    says: "has its home in the project",
    files: plain,
    prepare: "HOME=/root go mod tidy",
    command,
    env: { HOME: "/app" },
  },
  {
    says: "reads a workspace",
    files: { ...replaced, "go.work": "go 1.24\n\nuse (\n\t.\n\t./lib\n)\n" },
    prepare: "go mod tidy",
    command,
    reads: "go.work",
  },
  {
    says: "reads the workspace above a module",
    files: { ...within("service", plain), ...lib, "go.work": "go 1.24\n\nuse (\n\t./service\n\t./lib\n)\n" },
    from: "service",
    prepare: "GOWORK=off go mod tidy",
    command,
    reads: "lib/go.mod",
  },
  {
    says: "adds to the sums of a workspace",
    files: { ...plain, "go.work": "go 1.24\n\nuse .\n" },
    command,
    reads: "go.work",
  },
  {
    says: "reads a module replaced by a folder above",
    files: {
      ...within("service", { ...replaced, "go.mod": `${plain["go.mod"]}\nreplace example.com/words => ../lib\n` }),
      ...lib,
    },
    from: "service",
    prepare: "go mod tidy",
    command,
    reads: "lib/go.mod",
  },
  {
    says: "builds from the sources",
    files: plain,
    prepare: "go mod tidy",
    command: "go build -o /bin/server .",
    blocked: /reads the sources/,
    reads: "main.go",
  },
];

/** A module proxy on disk, with one module. */
const proxy = `COPY --from=proxy /proxy /proxy
ENV GOPROXY=file:///proxy GONOSUMDB=*`;

/** Instructions that make the proxy's folders (Go modules reference, GOPROXY protocol). */
const proxyStage = `FROM python:3.13 AS proxy
WORKDIR /proxy/example.com/words/@v
RUN echo v1.0.0 >list && echo '{"Version":"v1.0.0"}' >v1.0.0.info && echo 'module example.com/words' >v1.0.0.mod \\
    && python -c "from zipfile import ZipFile as Z; z = Z('v1.0.0.zip', 'w'); at = 'example.com/words@v1.0.0/'; z.write('v1.0.0.mod', at + 'go.mod'); z.writestr(at + 'words.go', 'package words\\nconst Greeting = 1\\n')"`;

export const go: Tool = { name: "go", base: "golang:1.24", stages: proxyStage, setup: proxy, projects, idle: [] };
