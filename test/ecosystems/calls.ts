import { memoryContext } from "../../src/context/index.ts";
import { type InstallInputs, type Invocation, installInputsOf, recognise } from "../../src/ecosystems/index.ts";
import { type Command, parseScript } from "../../src/shell/index.ts";
import { plain } from "../../src/text/index.ts";

export function commandsOf(script: string): readonly Command[] {
  return parseScript(plain(script), "dash").commands;
}

/** What the first command of `script` is to the ecosystems. */
export function invocationOf(script: string): Invocation | undefined {
  const [command] = commandsOf(script);
  return command && recognise(command);
}

export interface Place {
  readonly base?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The project in the context. */
  readonly folder?: string;
  readonly cwd?: string;
}

/** What an install needs of a context with these files. */
export function inputsOf(
  script: string,
  files: Readonly<Record<string, string>>,
  { base = "node:20", env = {}, folder = "", cwd = "/app" }: Place = {},
): InstallInputs {
  const invocation = invocationOf(script);
  if (!invocation) throw new Error(`no ecosystem knows ${script}`);
  const surroundings = { cwd, env: new Map(Object.entries(env)), base };
  return installInputsOf(invocation, memoryContext(files), folder, surroundings);
}

export function packageJson(fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ name: "letters", version: "1.0.0", ...fields });
}

/** A lock of version 3 for `packageJson({ dependencies })`, as npm writes it. */
export function packageLock(
  dependencies: Readonly<Record<string, string>> = {},
  more: Readonly<Record<string, unknown>> = {},
): string {
  const root = { name: "letters", version: "1.0.0", ...(Object.keys(dependencies).length > 0 && { dependencies }) };
  const packages = Object.entries(dependencies).map(([name, version]) => [
    `node_modules/${name}`,
    { version, ...more },
  ]);
  const lock = {
    name: "letters",
    version: "1.0.0",
    lockfileVersion: 3,
    requires: true,
    packages: { "": root, ...Object.fromEntries(packages) },
  };
  return `${JSON.stringify(lock, null, 2)}\n`;
}
