/** Which packages are left in node_modules when the development dependencies are gone. */
import { builtinModules } from "node:module";
import {
  asObject,
  type BuildContext,
  inFolder,
  isUnder,
  type JsonObject,
  memberFolders,
  objectOf,
} from "../../../context/index.ts";
import { Decline } from "../../decline.ts";
import { type PackageJson, readPackageJson } from "../manifest.ts";

/** Programs whose package has another name. */
const PACKAGES_OF: Readonly<Record<string, readonly string[]>> = {
  tsc: ["typescript"],
  nest: ["@nestjs/cli"],
  swc: ["@swc/cli"],
  ng: ["@angular/cli"],
  babel: ["@babel/cli"],
  dotenv: ["dotenv-cli"],
  dotenvx: ["@dotenvx/dotenvx"],
  "cross-env-shell": ["cross-env"],
  "run-s": ["npm-run-all", "npm-run-all2"],
  "run-p": ["npm-run-all", "npm-run-all2"],
  "pm2-runtime": ["pm2"],
  "pm2-dev": ["pm2"],
  "pm2-docker": ["pm2"],
  sequelize: ["sequelize-cli"],
  "mikro-orm": ["@mikro-orm/cli"],
  "mikro-orm-esm": ["@mikro-orm/cli"],
};

/** Whether a package is only ever read by compilers and editors. */
export function isForCompilers(name: string): boolean {
  return /^(typescript$|@types\/)/.test(name);
}

/** Packages whose install scripts download things to the home folder, where a runtime stage would not find them. */
const OUTSIDE = /^(puppeteer|playwright|@playwright\/.*|playwright-.*|cypress|@puppeteer\/browsers)$/;

/**
 * Optional peers, with what these bring, that no running server goes by: `debug` has its messages in more colours, and the others are for command lines, builds and
 * tests alone (read in debug 4, typeorm 1 and next 16).
 */
const UNASKED: ReadonlyMap<string, RegExp> = new Map([
  ["debug", /^(supports-color|has-flag)$/],
  ["typeorm", /^ts-node$/],
  ["next", /^(sass|@playwright\/test|babel-plugin-react-compiler)$/],
]);

/** Whether the package `by` looks for another one that a built app does without. */
export function isUnasked(by: string, name: string): boolean {
  return isForCompilers(name) || UNASKED.get(by)?.test(name) === true;
}

/** Whether there is a package that looks for this one, and that a built app has without it. */
export function mayBeUnasked(name: string): boolean {
  return [...UNASKED.values()].some((names) => names.test(name));
}

export class Packages {
  readonly manifest: PackageJson;
  /** That the project asks for while it is made; of a workspace, any package of it. */
  readonly development: ReadonlySet<string>;
  readonly #folder: string;
  readonly #production: ReadonlySet<string>;
  readonly #development: ReadonlySet<string>;
  /** Entries of package-lock.json by folder (`node_modules/ms`); undefined without such a lock. */
  readonly #locked: ReadonlyMap<string, JsonObject> | undefined;
  readonly #members: readonly Packages[];

  /** Of a project, or of the member of a workspace in `folder`, which finds the packages of the `root` as well. */
  constructor(project: BuildContext, folder = "", root?: Packages) {
    const manifest = readPackageJson(project, inFolder(folder, "package.json"));
    if (!manifest) throw new Decline("no-manifest", "the project has no package.json that refit can read");
    this.manifest = manifest;
    this.#folder = folder;
    const named = (...kinds: readonly string[]) =>
      manifest.dependencies.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
    const production = new Set(named("dependencies", "optionalDependencies", "peerDependencies"));
    const development = new Set(named("devDependencies").filter((name) => !production.has(name)));
    const without = (names: Iterable<string>, own: ReadonlySet<string>) => [...names].filter((name) => !own.has(name));
    this.#production = new Set([...production, ...without(root ? root.#production : [], development)]);
    this.#development = new Set([...development, ...without(root ? root.#development : [], production)]);
    this.#locked = root ? root.#locked : lockedIn(project);
    this.#members = root ? [] : membersOf(project).map((member) => new Packages(project, member, this));
    this.development = new Set([this, ...this.#members].flatMap((each) => [...each.#development]));
  }

  /** Those that a file or folder of the project finds: of the member that it lies in, or of the project itself. */
  of(path: string): Packages {
    return this.#members.find((member) => isUnder(path, member.#folder)) ?? this;
  }

  /** A path of the project relative to the folder of this package. */
  inside(path: string): string {
    return this.#folder === "" ? path : path.slice(this.#folder.length + 1);
  }

  get isWorkspace(): boolean {
    return this.#members.length > 0;
  }

  /** The manifests of all its packages, its own first. */
  get manifests(): readonly PackageJson[] {
    return [this.manifest, ...this.#members.map(({ manifest }) => manifest)];
  }

  get hasProduction(): boolean {
    return this.#production.size > 0 || this.#members.length > 0;
  }

  /** Whether a package that code names is there at run time; undefined where nothing tells. */
  stays(name: string): boolean | undefined {
    if (this.#production.has(name) || name === this.manifest.name) return true;
    if (this.#development.has(name)) return false;
    const at = [inFolder(this.#folder, `node_modules/${name}`), `node_modules/${name}`];
    const entry = at.map((path) => this.#locked?.get(path)).find((found) => found !== undefined);
    if (this.#locked) return entry?.dev !== true;
    // Types alone: the compiler leaves such an import out, or the program would not have run before.
    return this.#development.has(typesOf(name)) ? true : undefined;
  }

  /** Whether a program of node_modules/.bin is there at run time; undefined where none is known by that name. */
  offers(program: string): boolean | undefined {
    const owners = [...(this.#locked ?? [])].filter(([path, { bin }]) => {
      const isTop = /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path);
      return isTop && asObject(bin) !== undefined && Object.hasOwn(asObject(bin) ?? {}, program);
    });
    if (owners.length > 0) return owners.some(([, { dev }]) => dev !== true);
    const names = Object.hasOwn(PACKAGES_OF, program) ? PACKAGES_OF[program]! : [program];
    if (names.some((name) => this.#production.has(name))) return true;
    return names.some((name) => this.#development.has(name)) ? false : undefined;
  }

  /** Of all packages that are kept. Throws where an install leaves something that no declared rule takes along, or takes away something that a package may look for. */
  check(kept: "production" | "all"): void {
    const isKept = (entry: JsonObject) => kept === "all" || entry.dev !== true;
    const locked = [...(this.#locked ?? [])].filter(([, entry]) => isKept(entry)).map(nameOf);
    const production = [this, ...this.#members].flatMap((each) => [...each.#production]);
    const named = [...production, ...(kept === "all" ? this.development : [])];
    const outside = [...named, ...locked].find((name) => OUTSIDE.test(name));
    if (outside !== undefined)
      throw new Decline("writes-outside", `${outside} keeps what it downloads outside the project folder`);
    if (kept === "all") return;
    for (const [path, entry] of this.#locked ?? []) {
      if (entry.dev === true || path === "") continue;
      const by = nameOf([path, entry]);
      const lost = Object.keys(asObject(entry.peerDependenciesMeta) ?? {}).find(
        (name) => this.#locked?.get(`node_modules/${name}`)?.dev === true && !isUnasked(by, name),
      );
      if (lost !== undefined && lost !== "prisma")
        throw new Decline("optional-peer", `${by} may use ${lost}, which is a development dependency`);
    }
  }
}

function lockedIn(project: BuildContext): ReadonlyMap<string, JsonObject> | undefined {
  const packages = asObject(objectOf(project.read("package-lock.json"))?.packages);
  return packages && new Map(Object.entries(packages).map(([path, entry]) => [path, asObject(entry) ?? {}]));
}

/** Folders of the members of a workspace; none where the project is no workspace. */
function membersOf(project: BuildContext): readonly string[] {
  const members = memberFolders(project);
  if (!members) throw new Decline("workspaces", "the packages of the workspace can't be listed");
  return members;
}

function nameOf([path]: readonly [string, JsonObject]): string {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}

/** `@types/babel__core` for `@babel/core`. */
function typesOf(name: string): string {
  return `@types/${name.replace(/^@([^/]+)\//, "$1__")}`;
}

/** The package that a module name belongs to; undefined for a path, a builtin, a `#name` or a URL. */
export function packageOf(specifier: string): string | undefined {
  if (/^[./#]|^[a-z]+:/.test(specifier) || builtinModules.includes(specifier)) return undefined;
  const name = /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
  return name === undefined || builtinModules.includes(name) ? undefined : name;
}
