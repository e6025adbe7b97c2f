/** Variables of the environment that send programs to files which no command line names. */
import type { Call, Surroundings } from "./types.ts";

/** Libraries, settings, certificates and keys of whatever program runs, and of those that it calls; code that a language loads first. */
const SENDING =
  /^(LD_\w+|BASH_ENV|SSL_CERT_(FILE|DIR)|OPENSSL_CONF|CURL_(CA_BUNDLE|HOME)|REQUESTS_CA_BUNDLE|WGETRC|NETRC|GIT_\w+|SSH_ASKPASS|APT_CONFIG|GNUPGHOME|XDG_CONFIG_HOME|PERL5(LIB|OPT)|RUBY(LIB|OPT)|NODE_OPTIONS|(_JAVA|JAVA_TOOL|JDK_JAVA|TAR)_OPTIONS)$/;

const NODE_TOOLS = /^(node|npm|npx|pnpm|yarn)$/;

/** Whether programs of all kinds go by a variable to a file that no word of their command names. */
export function sendsPrograms(name: string): boolean {
  return SENDING.test(name);
}

/** Where an app's dependencies have their programs: none is called as one of the system is. */
const OF_DEPENDENCIES = /\/(node_modules\/\.bin|\.?venv\/bin|vendor\/bin)$/;

/** Modules that Python takes from PYTHONPATH rather than its own, before any program of a package's scripts begins. */
const STARTING = [
  "sitecustomize",
  "usercustomize",
  "site",
  "os",
  "re",
  "encodings",
  "logging",
  "optparse",
  "subprocess",
];

/** Absolute paths that the variables in force lead `call` to. */
export function followedBy({ tool, path }: Call, { env, searched = [] }: Surroundings): readonly string[] {
  const found: string[] = [];
  for (const [name, value] of env) {
    const isOfTool = name === "PYTHONPATH" || (name === "NODE_EXTRA_CA_CERTS" && NODE_TOOLS.test(tool));
    if (!isOfTool && !sendsPrograms(name)) continue;
    // `-I/app/lib`
    const words = (value ?? "").split(/[:;,=\s]/).map((word) => word.replace(/^-[A-Za-z](?=\/)/, ""));
    const places = words.filter((place) => place.startsWith("/") && place !== "/");
    for (const place of places.map(trimmed)) {
      if (name === "PYTHONPATH")
        found.push(...STARTING.flatMap((module) => [`${place}/${module}.py`, `${place}/${module}`]));
      else found.push(place);
    }
  }
  if (path.includes("/")) return found;
  const folders = searched.map(trimmed).filter((folder) => !OF_DEPENDENCIES.test(folder));
  return [...found, ...folders.map((folder) => `${folder}/${tool}`)];
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, "");
}
