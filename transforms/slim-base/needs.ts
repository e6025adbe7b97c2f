/** Whether the stage does anything that takes more than the smaller image. */
import {
  type BuildContext,
  calledPrograms,
  copyView,
  Decline,
  type Facts,
  JDK_PROGRAMS,
  JRE_PROGRAMS,
  jdkUser,
  knownBase,
  LIBRARIES,
  quoted,
  type Step,
  type Variant,
  wordsIn,
} from "../../src/transform/index.ts";
import type { Runtime } from "./runtime.ts";

/** Programs that images with compilers have beside them, and smaller ones lack. */
const LACKING = [
  ...[
    "curl",
    "wget",
    "git",
    "hg",
    "svn",
    "ssh",
    "scp",
    "rsync",
    "gpg",
    "ps",
    "pgrep",
    "pkill",
    "top",
    "free",
    "nc",
    "file",
  ],
  ...["make", "gcc", "g++", "cc", "patch", "unzip", "xz", "bzip2", "python", "python3", "perl"],
  ...["addr2line", "nm", "objdump", "readelf", "strings", "strip"],
  ...["openssl", "ssh-keygen", "convert", "identify", "magick", "mogrify"],
];

/** Purposes of commands that do on a smaller image what they do on the larger. */
const PLAIN = ["index", "system", "clean", "files"];

/** Throws a `Decline` for the first thing that may need the larger image. */
export function checkNeeds({ stage, steps, image }: Runtime, variant: Variant, facts: Facts): void {
  const [base, small] = [knownBase(image), knownBase(variant.reference)];
  const user = variant.reference === "scratch" ? "root" : small?.user;
  if (base?.user === undefined || user !== base.user)
    throw new Decline("user-unknown", `who runs in ${variant.reference} is not known to be who runs in ${image}`);
  if (variant.kind !== "slim" && stage.after.cwd === undefined)
    throw new Decline(
      "folder-unknown",
      `no WORKDIR says where the container works, and ${variant.reference} may say otherwise than ${image}`,
    );
  const trigger = steps.find(({ instruction }) => instruction.keyword === "ONBUILD");
  if (trigger)
    throw new Decline(
      "onbuild",
      `${quoted(facts.dockerfile, trigger.instruction.span)} is for images built on this one`,
    );
  for (const step of steps) checkRun(step, variant, facts);
  checkTranslations(steps, variant, facts);
  const installed = new Set(steps.flatMap(packagesIn));
  const isJava = variant.kind !== "slim" && !["dotnet", "golang", "rust"].includes(base.family.name);
  const ofJava = [...(isJava ? JDK_PROGRAMS : []), ...(variant.kind === "linked" ? JRE_PROGRAMS : [])];
  const lacking = [...LACKING, ...ofJava].filter(
    (name) => !installed.has(name) && name.replace(/3$/, "") !== base.family.name,
  );
  const missing = (text: string) =>
    wordsIn(text)
      .map((word) => word.replace(/^.*\bs?bin\//, ""))
      .find((word) => lacking.includes(word));
  for (const { instruction } of steps) {
    if (!["CMD", "ENTRYPOINT", "HEALTHCHECK"].includes(instruction.keyword)) continue;
    const program = missing(instruction.args.text);
    if (program !== undefined)
      throw new Decline(
        "lacks-program",
        `${quoted(facts.dockerfile, instruction.span)} calls ${program}, which ${variant.reference} may lack`,
      );
  }
  for (const path of scriptsIn(steps, facts.context)) {
    const program = missing(facts.context?.read(path) ?? "");
    if (program !== undefined)
      throw new Decline("lacks-program", `${path} calls ${program}, which ${variant.reference} may lack`);
  }
  const calls = calledPrograms(facts);
  // Who installs one for that knows what the app needs.
  if (calls(LIBRARIES) && ![...installed].some((name) => /^lib(?!.*-dev$)/.test(name)))
    throw new Decline(
      "looks-up-libraries",
      `the app looks up libraries by their names, which ${variant.reference} may lack`,
    );
  const asking = isJava && facts.context ? jdkUser(facts.context) : undefined;
  if (asking !== undefined)
    throw new Decline("lacks-program", `${asking} asks for what of Java ${variant.reference} may lack`);
  const called = lacking.find(calls);
  if (called !== undefined)
    throw new Decline("lacks-program", `the app may call ${called}, which ${variant.reference} may lack`);
}

function checkRun({ instruction, script, invocations }: Step, { reference }: Variant, { dockerfile }: Facts): void {
  if (instruction.keyword !== "RUN") return;
  const isPlain =
    script !== undefined &&
    script.unknown === undefined &&
    invocations.length === script.commands.filter(({ words }) => words.length > 0).length &&
    invocations.every(
      ({ purpose, ecosystem }) => PLAIN.includes(purpose) && (purpose !== "system" || ecosystem !== "fetch"),
    );
  if (!isPlain)
    throw new Decline("unknown-step", `${quoted(dockerfile, instruction.span)} may need what ${reference} lacks`);
}

/** Slim images of Debian leave out the translations of whatever is installed, beside documentation. */
function checkTranslations(steps: readonly Step[], { reference }: Variant, { dockerfile }: Facts): void {
  const language = steps.find(({ instruction }) =>
    /(^|\s)(LANG|LANGUAGE|LC_ALL|LC_MESSAGES)[=\s]["']?(?!(C|POSIX|en)([._]|["']?(\s|$)))\S/.test(
      instruction.keyword === "ENV" ? instruction.args.text : "",
    ),
  );
  if (language && knownBase(reference)?.packageManager === "apt" && steps.some((step) => packagesIn(step).length > 0))
    throw new Decline(
      "translations",
      `${quoted(dockerfile, language.instruction.span)} asks for translations, which packages installed on ${reference} may lack`,
    );
}

/** Names behind an install of system packages; an option among them is none that is asked for. */
function packagesIn({ invocations }: Step): readonly string[] {
  return invocations.flatMap(({ purpose, call }) =>
    purpose === "system" ? call.args.flatMap((word) => word ?? []) : [],
  );
}

/** Shell scripts of the build context that the stage copies. */
export function scriptsIn(steps: readonly Step[], context: BuildContext | undefined): readonly string[] {
  const sources = steps.flatMap(({ instruction }) => {
    const view = copyView(instruction);
    return view && !view.from ? view.sources.map(({ text }) => text.replace(/^\.?\//, "").replace(/\/$/, "")) : [];
  });
  const files = context
    ?.files()
    .filter((path) =>
      sources.some((source) => source === "" || source === "." || path === source || path.startsWith(`${source}/`)),
    );
  return files?.filter((path) => path.endsWith(".sh") || /^#!.*\b(ba|da|a)?sh\b/.test(context?.read(path) ?? "")) ?? [];
}
