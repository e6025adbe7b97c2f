/** What CMake's lists of a project say about its programs and libraries, where they say it plainly. */
import { posix } from "node:path";
import { type BuildContext, unknown, within } from "../../context/index.ts";
import { foldersAbove, inFolder } from "../blocked.ts";
import { argumentsOf } from "../call.ts";
import type { Outputs } from "../types.ts";
import { withoutJobs } from "./recipes.ts";

type Words = readonly (string | undefined)[];

/** Commands that make no files but objects, or say how. */
const SAYING =
  /^(cmake_minimum_required|cmake_policy|project|option|message|find_package|find_library|find_path|find_program|include_directories|link_directories|link_libraries|add_compile_options|add_compile_definitions|add_definitions|add_link_options|target_\w+|enable_testing|add_test|mark_as_advanced|list|string|math|pkg_check_modules|pkg_search_module|check_\w+|set_source_files_properties|aux_source_directory|get_filename_component|endif|else|elseif|endforeach|endfunction|endmacro|return|enable_language|source_group|cmake_parse_arguments|unset|configure_file|file)$/;

const CONDITION = /^(if|foreach|while|function|macro)$/;

interface Target {
  readonly name: string;
  /** In the build folder. */
  readonly file: string;
  readonly isProgram: boolean;
}

interface Lists {
  readonly targets: readonly Target[];
  /** Paths below the prefix. */
  readonly installed: readonly string[];
}

/**
 * `cmake --build FOLDER` and `cmake --install FOLDER`; to make the build's files itself leaves nothing that runs. Paths are relative to the
 * project, or absolute.
 */
export function cmakeOutputs(given: Words, project: BuildContext, here: string): Outputs {
  const words = given.flatMap(unglued);
  const { options, positional } = argumentsOf(withoutJobs(words), [
    ...["-S", "-B", "-G", "-D", "-C", "-T", "-A", "--build", "--install", "--prefix", "--target", "-t", "--config"],
    ...["--component", "--preset"],
  ]);
  if (options.has("--preset")) return unknown("a preset says where CMake builds");
  if (options.has("-E") || options.has("-P") || options.has("--version"))
    return unknown("cmake runs a script or a tool");
  const folder = options.has("--build") ? options.get("--build") : options.get("--install");
  const isBuild = options.has("--build");
  if (!isBuild && !options.has("--install")) return configured(words, options, positional, project, here);
  const build = folder === undefined ? undefined : within(here, folder);
  if (build === undefined) return unknown("the folder that CMake builds in is not one of the project");
  const source = sourceOf(build, project);
  if (source === undefined)
    return unknown("the build context has no CMakeLists.txt above the folder that CMake builds in");
  const lists = readLists(project, source, source);
  if ("unknown" in lists) return lists;
  const target = options.get("--target") ?? options.get("-t");
  const installs = !isBuild || target === "install";
  const prefix = options.has("--prefix") ? options.get("--prefix") : "/usr/local";
  if (!prefix?.startsWith("/")) return unknown("where CMake installs is computed");
  const installed = lists.installed.map((path) => posix.join(prefix, path));
  if (!isBuild) return { outputs: installed };
  const isOfOne = (options.has("--target") || options.has("-t")) && target !== "all" && target !== "install";
  const made = lists.targets.filter(({ name }) => !isOfOne || name === target);
  if (isOfOne && made.length === 0) return unknown(`the target ${target ?? ""} is not one that the lists add`);
  return { outputs: [...made.map(({ file }) => posix.join(build, file)), ...(installs ? installed : [])] };
}

/** `-Bbuild` is `-B build`, and `-H.` what `-S .` was called before CMake 3.13. */
function unglued(word: string | undefined): Words {
  const [, letter, value] = /^-([SBH])=?(.+)$/s.exec(word ?? "") ?? [];
  return letter === undefined || value === undefined ? [word] : [letter === "B" ? "-B" : "-S", value];
}

function configured(
  words: Words,
  options: ReadonlyMap<string, string | undefined>,
  positional: Words,
  project: BuildContext,
  here: string,
): Outputs {
  const named = options.get("-S") ?? positional[0] ?? (options.has("-B") ? "." : undefined);
  const source = named === undefined ? undefined : within(here, named);
  const folder = options.has("-B") ? options.get("-B") : ".";
  const build = folder === undefined ? undefined : within(here, folder);
  if (build === undefined) return unknown("the folder that CMake builds in is not one of the project");
  if (source === undefined || !project.has(inFolder(source, "CMakeLists.txt")))
    return unknown("the folder that CMake reads has no CMakeLists.txt in the build context");
  if (build === source) return unknown("CMake builds among the sources");
  if (sourceOf(build, project) !== source) return unknown("CMake builds in a folder beside the sources");
  const moved = words.find(
    (word) =>
      word === undefined ||
      /CMAKE_(INSTALL_PREFIX|\w*OUTPUT_DIRECTORY|INSTALL_\w+)|TOOLCHAIN|INSTALL_PREFIX/.test(word),
  );
  return words.includes(undefined) || moved !== undefined
    ? unknown(`${moved ?? "a variable"} may move what CMake makes`)
    : { outputs: [] };
}

/** The folder with the lists for a build in `build`: the next one above. */
export function sourceOf(build: string, project: BuildContext): string | undefined {
  return foldersAbove(build).find((folder) => project.has(inFolder(folder, "CMakeLists.txt")));
}

/** The list of `folder` and those of the folders that it adds. */
function readLists(project: BuildContext, folder: string, root: string): Lists | { readonly unknown: string } {
  const path = inFolder(folder, "CMakeLists.txt");
  const text = project.read(path);
  if (text === undefined) return unknown(`the build context has no ${path}`);
  const targets: Target[] = [];
  const installed: string[] = [];
  const variables = new Map<string, string>([
    ["CMAKE_INSTALL_BINDIR", "bin"],
    ["CMAKE_INSTALL_LIBDIR", "lib"],
    ["CMAKE_INSTALL_INCLUDEDIR", "include"],
    ["CMAKE_INSTALL_DATADIR", "share"],
  ]);
  let depth = 0;
  for (const [, raw = "", inner = ""] of text
    .replace(/#.*$/gm, "")
    .matchAll(/([A-Za-z_]\w*)\s*\(((?:[^()"]|"[^"]*"|\([^()]*\))*)\)/g)) {
    const command = raw.toLowerCase();
    const words = (inner.match(/"[^"]*"|[^\s"]+/g) ?? []).map((word) => word.replaceAll('"', ""));
    const known = words.map((word) =>
      word.replace(/\$\{(\w+)\}/g, (whole, name: string) => variables.get(name) ?? whole),
    );
    const [name = ""] = known;
    if (CONDITION.test(command)) depth++;
    else if (/^end(if|foreach|while|function|macro)$/.test(command)) depth--;
    else if (command === "set" && depth === 0) {
      if (/OUTPUT_DIRECTORY|INSTALL_PREFIX|CMAKE_SKIP|BUILD_SHARED_LIBS|CMAKE_INSTALL/.test(name))
        return unknown(`${path} sets ${name}`);
      variables.set(name, known.slice(1).join(" "));
    } else if (
      command === "set" ||
      (command === "include" && /^(GNUInstallDirs|CTest|Check\w+|Find\w+|FeatureSummary)$/.test(name))
    ) {
      if (/OUTPUT_DIRECTORY|INSTALL_PREFIX|CMAKE_SKIP|BUILD_SHARED_LIBS|CMAKE_INSTALL/.test(name))
        return unknown(`${path} sets ${name}`);
    } else if (
      [
        "add_executable",
        "add_library",
        "add_subdirectory",
        "install",
        "set_target_properties",
        "set_property",
      ].includes(command)
    ) {
      if (depth > 0) return unknown(`${path} has ${command} on a condition`);
      if (
        known.some((word) => word.includes("${") && !/\.\w+$|SOURCE/i.test(word)) &&
        command !== "add_executable" &&
        command !== "add_library"
      )
        return unknown(`${path} has ${command} with variables`);
      if (name.includes("$")) return unknown(`${path} computes the name of a target`);
      if (/^(IMPORTED|ALIAS|INTERFACE|OBJECT)$/.test(known[1] ?? "")) continue;
      if (command === "add_executable")
        targets.push({ name, file: posix.join(posix.relative(root, folder), name), isProgram: true });
      else if (command === "add_library") {
        if (known[1] === "SHARED" || known[1] === "MODULE")
          targets.push({ name, file: posix.join(posix.relative(root, folder), `lib${name}.so`), isProgram: false });
      } else if (command === "add_subdirectory") {
        const below = within(folder, name);
        const lists =
          below === undefined || known.length > 1
            ? unknown(`${path} adds ${name}, which refit does not follow`)
            : readLists(project, below, root);
        if ("unknown" in lists) return lists;
        targets.push(...lists.targets);
        installed.push(...lists.installed);
      } else if (command === "install") {
        const found = installedBy(known, targets);
        if (!found) return unknown(`${path} installs what refit does not follow`);
        installed.push(...found);
      } else if (/\b(OUTPUT_NAME|PREFIX|SUFFIX|VERSION|SOVERSION|OUTPUT_DIRECTORY)\b|_OUTPUT_DIRECTORY/.test(inner))
        return unknown(`${path} names the files of targets itself`);
    } else if (!SAYING.test(command)) return unknown(`${path} calls ${raw}, which may make anything`);
    else if (command === "file" && !/^(GLOB|GLOB_RECURSE|STRINGS|READ)$/.test(name))
      return unknown(`${path} writes files`);
  }
  return { targets, installed };
}

/** `install(TARGETS …)`: programs to bin, libraries to lib, or where it says. */
function installedBy([kind, ...words]: readonly string[], targets: readonly Target[]): readonly string[] | undefined {
  if (kind === "EXPORT") return [];
  if (
    kind !== "TARGETS" ||
    words.some((word) =>
      /^(COMPONENT|OPTIONAL|EXPORT|FRAMEWORK|BUNDLE|NAMELINK_\w+|CONFIGURATIONS|RUNTIME_DEPENDENCIES)$/.test(word),
    )
  )
    return undefined;
  const first = words.findIndex((word) =>
    /^(RUNTIME|LIBRARY|ARCHIVE|DESTINATION|PERMISSIONS|PUBLIC_HEADER)$/.test(word),
  );
  const names = first < 0 ? words : words.slice(0, first);
  const rest = first < 0 ? [] : words.slice(first);
  const folders: { program?: string | undefined; library?: string | undefined } = { program: "bin", library: "lib" };
  for (let at = 0; at < rest.length; at += 2) {
    const isOfKind = rest[at] !== "DESTINATION";
    const kind = isOfKind ? rest[at++] : "";
    if (rest[at] !== "DESTINATION") return undefined;
    if (kind !== "LIBRARY" && kind !== "ARCHIVE") folders.program = rest[at + 1];
    if (kind !== "RUNTIME" && kind !== "ARCHIVE") folders.library = rest[at + 1];
  }
  const found = names.map((name) => targets.find((target) => target.name === name));
  if (found.includes(undefined)) return undefined;
  return found.map((target) =>
    posix.join((target!.isProgram ? folders.program : folders.library) ?? "", posix.basename(target!.file)),
  );
}
