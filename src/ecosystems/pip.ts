import { argumentsOf } from "./call.ts";
import { subcommands } from "./subcommands.ts";
import type { Call, Ecosystem, Recognised } from "./types.ts";

const byName = subcommands({
  name: "pip",
  purposes: { dependencies: ["install", "wheel", "download"], files: ["config"], clean: ["cache purge", "uninstall"] },
});

/** Python's package installer, as `pip`, `pip3.12`, `python -m pip`. */
export const pip: Ecosystem = {
  name: "pip",
  commands: ["pip", "python"],
  recognise,
};

function recognise(call: Call): Recognised | undefined {
  if (!call.tool.startsWith("python")) return recognisePip(call);
  const [option, module, ...args] = call.args;
  if (option !== "-m") return { purpose: "build", action: call.args[0] ?? "" };
  if (module === "venv") return { purpose: "files", action: "venv" };
  return module === "pip" ? recognisePip({ ...call, args }) : { purpose: "build", action: module ?? "" };
}

/** Packages named on the command line belong to the system; the app's come from its files. */
function recognisePip(call: Call): Recognised | undefined {
  const known = byName.recognise(call);
  if (known?.action !== "install") return known;
  const { positional, options } = argumentsOf(call.args);
  const fromFiles = ["-r", "--requirement", "-e", "--editable", "-c"].some((option) => options.has(option));
  const local = positional.some((word) => word === undefined || /^\.|\/|\.(whl|gz|zip)$/.test(word));
  return { ...known, purpose: fromFiles || local ? "dependencies" : "system" };
}
