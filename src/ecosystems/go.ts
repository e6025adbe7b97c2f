import type { BuildContext } from "../context/types.ts";
import { argumentsOf } from "./call.ts";
import { builtGoApp, goOutputs } from "./go/builds.ts";
import { downloadInputs } from "./go/download.ts";
import { fetchFor } from "./go/fetch.ts";
import { packagesFolder } from "./go/packages.ts";
import { subcommands } from "./subcommands.ts";
import { hasOtherHome, homeFolders, PROGRAM_FOLDERS } from "./system.ts";
import type { Call, Declaration, Ecosystem, Footprint, InstallInputs, Recognised, Surroundings } from "./types.ts";

const declares: Declaration = {
  title: "Go",
  files: [
    { name: "go.mod", role: "manifest" },
    { name: "go.sum", role: "lock" },
    { name: "go.work", role: "manifest", about: "a workspace, with the go.mod and go.sum of each of its modules" },
    { name: "go.work.sum", role: "lock" },
    { name: "vendor/", role: "sources", about: "modules that are there, so that nothing is downloaded" },
  ],
  readsMore: [
    { what: "a module replaced by a folder", then: "copied", how: "its go.mod" },
    { what: "a workspace", then: "copied", how: "the go.mod and go.sum of each module in it" },
    { what: "a folder outside of the build context", then: "declined" },
    { what: "a go.sum without a checksum of what go.mod requires", then: "declined" },
    {
      what: "a private module",
      then: "depends",
      how: "declined where a variable such as GOPRIVATE covers one that only tests import, since it may be out of reach",
    },
    { what: "-modfile, -overlay or a variable that names other files", then: "declined" },
  ],
  installs: ["/go/pkg/mod", "~/go/pkg/mod"],
  caches: ["~/.cache/go-build", "/go/pkg/mod/cache", "~/go/pkg/mod/cache", "~/.config/go/telemetry"],
  intermediates: ["/go/pkg/mod", "~/go/pkg/mod"],
  network:
    "the module proxies and the checksum database that GOPROXY and GOSUMDB name; repositories of private modules",
  builds: [
    { command: "go build -o FILE", outputs: ["FILE"] },
    { command: "go install", outputs: ["/go/bin", "~/go/bin"] },
  ],
};

const known = subcommands({
  name: "go",
  purposes: {
    dependencies: ["mod download", "mod vendor", "mod tidy", "get"],
    build: ["build", "install", "test", "run", "vet", "generate"],
    files: ["env", "mod init", "version", "mod verify"],
    clean: ["clean"],
  },
  valued: ["-C"],
  declares,
});

/** The Go command. */
export const go: Ecosystem = {
  ...known,
  folderOptions: ["-C"],
  folderOf: packagesFolder,
  worksBelow: true,
  recognise,
  footprint,
  installInputs,
  fetchFor: (call, context, folder, surroundings) => {
    const { action = "", purpose } = recognise(call) ?? {};
    const downloads = purpose === "build" || /^(get|mod tidy|mod vendor)$/.test(action);
    return downloads ? fetchFor(action, call, context, folder, surroundings) : undefined;
  },
  outputsOf: (call, project, surroundings) => goOutputs(recognise(call)?.action ?? "", call, project, surroundings),
  worksAtRoot: true,
  builtApp: builtGoApp,
};

/** `go install words@v1` takes no notice of the module that it is called in: a tool of the system. */
function recognise(call: Call): Recognised | undefined {
  const found = known.recognise(call);
  return found?.action === "install" && isOfVersion(call) ? { ...found, purpose: "system" } : found;
}

function isOfVersion({ args }: Call): boolean {
  return args.some((word) => /^[^-].*@/.test(word ?? ""));
}

/** Of `go install words@v1`. */
function footprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  if (recognise(call)?.purpose !== "system" || hasOtherHome(surroundings)) return undefined;
  const env = new Map([...surroundings.env, ...call.env]);
  const moved = ["GOBIN", "GOPATH", "GOCACHE", "GOMODCACHE", "GOENV", "GOFLAGS"].map(
    (name) => [env.has(name), env.get(name)] as const,
  );
  if (moved.some(([isSet, value]) => isSet && !/^(\/|$)/.test(value ?? "?"))) return undefined;
  const folders = moved.flatMap(([, value]) => (value ? [value.split(":")[0]!] : []));
  const places = [
    ...["/go", "/usr/local/go", "/tmp", ...PROGRAM_FOLDERS, ...folders],
    ...homeFolders("go", ".cache/go-build", ".config/go"),
  ];
  return { reads: places, writes: places, network: true };
}

function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  if (known.recognise(call)?.action !== "mod download")
    return { blocked: `go ${argumentsOf(call.args, ["-C"]).positional[0]} reads the sources` };
  return downloadInputs(call, context, folder, surroundings);
}
