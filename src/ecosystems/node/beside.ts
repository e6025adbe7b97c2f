/** Node beside an app of another language: whether that calls it when it runs, as far as its locks and its files tell. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { NODE_PROGRAMS } from "./tooling.ts";

/** Locks that name all packages of an app, and those among them that run JavaScript of the project outside of browsers. */
const LOCKS: ReadonlyMap<string, RegExp> = new Map([
  [
    "Gemfile.lock",
    /^ {4}(react-rails|react_on_rails\w*|hypernova\w*|vite_ssr\w*|webpacker|shakapacker|nodo|schmooze|node-runner|grover|puppeteer-ruby|playwright-ruby-client|mjml-rails|mjml-ruby|barista|stylus|less|commonjs|sprockets-bumble_d|image_optim\w*) /m,
  ],
  [
    "composer.lock",
    /"name":\s*"(spatie\/(browsershot|server-side-rendering|laravel-server-side-rendering|mjml-php|shiki-php|laravel-pdf)|nesk\/puphpeteer|zoon\/puphpeteer|nigelcunningham\/puphpeteer|notfloran\/mjml-bundle|kriswallsmith\/assetic|assetic\/framework|beyondcode\/helo-laravel)"/,
  ],
  ["mix.lock", /"(nodejs|react_phoenix|phoenix_ssr|live_svelte|live_vue|live_react|inertia|mjml_eex)":/],
]);

/** Whether the packages of an app are known: it has a lock of one of those languages. */
export function hasKnownPackages(context: BuildContext): boolean {
  return locksOf(context).length > 0;
}

/** Whether an app has ExecJS, which looks for a program that runs JavaScript when it is loaded, and fails without one. */
export function looksForNode(context: BuildContext): boolean {
  return locksOf(context).some((path) => /^ {4}execjs /m.test(context.read(path) ?? ""));
}

/** Whether a package of an app, or a process that a file of it lists, runs JavaScript of the project outside of browsers. */
export function runsScripts(context: BuildContext): boolean {
  const tells = (path: string) => {
    const text = context.read(path);
    return text !== undefined && (LOCKS.get(posix.basename(path))?.test(text) === true || startsNode(path, text));
  };
  return context.files().some((path) => MAY_TELL.test(path) && tells(path));
}

function locksOf(context: BuildContext): readonly string[] {
  return context.files().filter((path) => LOCKS.has(posix.basename(path)));
}

/** Files that may name programs by themselves. */
const MAY_TELL = /(^|\/)([^/.]+|[^/]+\.(lock|json|ya?ml|conf|ini|cfg|service|rb|rake|ru|php|py|exs?|[cm]?js))$/;

/**
 * Whether only Node, browsers and builds read a file, so that nothing which it names is called by the app: scripts and styles, and what sets
 * up a checkout or watches it (Rails' programs in `bin`).
 */
export function isForScripts(path: string): boolean {
  return (
    /\.([cm]?[jt]sx?|vue|svelte|css|scss|sass|less)$/.test(path) ||
    /(^|\/)bin\/(setup|update|dev|yarn|npm|vite|webpack|webpack-dev-server|shakapacker|shakapacker-dev-server)$/.test(
      path,
    ) ||
    /^(Procfile\.dev|(package|composer)\.json|\.gitlab-ci\.yml|\.eslintrc.*|\.(babel|yarn|npm)rc(\.yml)?)$/.test(
      posix.basename(path),
    )
  );
}

const PROGRAM = `["'\\s]*(\\S*/)?(${NODE_PROGRAMS.join("|")})(?![\\w+.-])`;

/** How code of those languages starts a process. */
const STARTS_PROCESSES =
  /\b(subprocess|os\.(system|popen|exec\w+|spawn\w+)|create_subprocess_\w+|Popen|popen|Open3|spawn|system|exec|shell_exec|proc_open|passthru|Process|System\.(cmd|shell)|Port\.open)\b/;

/** A text that begins with such a program: `"node render.js"`, `["npx", "mjml"]`. */
const NAMED = `(["'\`]|%w[[(])(\\S*/)?(${NODE_PROGRAMS.join("|")})(["'\`\\])]|\\s)`;

/** Whether a file says that Node is to run it, or to run another one where no code starts it. */
function startsNode(path: string, text: string): boolean {
  const says = (pattern: string) => new RegExp(pattern, "m").test(text);
  const name = posix.basename(path);
  if (/^#!.*\b(node|deno|bun)\b/.test(text)) return true;
  if (name === "Procfile") return says(`^\\w+:${PROGRAM}`);
  // Vite's gem builds when a page is asked for.
  if (name === "vite.json") return says('"(all|production)"\\s*:\\s*\\{[^}]*"autoBuild"\\s*:\\s*true');
  if (/(^|-)compose[\w.-]*\.ya?ml$/.test(name))
    return says(`\\b(command|entrypoint|test)\\s*:[^#\\n]*?[[\\s"']${PROGRAM}`);
  if (/\.(conf|ini|cfg|service)$/.test(name)) return says(`=${PROGRAM}`) || says("inertia:start-ssr");
  if (/\.(rb|rake|ru|php)$/.test(name) && says(`(\`|%x.|\\bsh[ (])${PROGRAM}`)) return true;
  return /\.(rb|rake|ru|php|py|exs?)$/.test(name) && STARTS_PROCESSES.test(text) && says(NAMED);
}
