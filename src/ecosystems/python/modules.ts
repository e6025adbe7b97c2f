import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { type Blocker, inFolder } from "../blocked.ts";
import { placeOf } from "../places.ts";
import type { Surroundings } from "../types.ts";

/** Modules that pip imports. A file of such a name in a folder on Python's search path is run in their place. */
const MODULES = new Set(
  `sitecustomize usercustomize pip setuptools wheel distutils pkg_resources _distutils_hack
  abc argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2 calendar cgi cmd code codecs collections
  colorsys compileall concurrent configparser contextlib contextvars copy copyreg csv ctypes dataclasses datetime dbm decimal difflib
  dis email encodings ensurepip enum errno fcntl filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass gettext glob
  graphlib grp gzip hashlib heapq hmac html http imaplib imp importlib inspect io ipaddress itertools json keyword linecache locale
  logging lzma mailbox marshal math mimetypes mmap multiprocessing netrc ntpath numbers opcode operator optparse os pathlib pickle
  pkgutil platform plistlib posix posixpath pprint profile pstats pty pwd py_compile queue quopri random re readline reprlib resource
  runpy sched secrets select selectors shelve shlex shutil signal site smtplib socket socketserver sqlite3 ssl stat statistics string
  stringprep struct subprocess symtable sys sysconfig syslog tarfile telnetlib tempfile textwrap threading time timeit token tokenize
  tomllib trace traceback tracemalloc tty turtle types typing unicodedata unittest urllib uu uuid venv warnings weakref webbrowser
  winreg wsgiref xml xmlrpc zipapp zipfile zipimport zlib zoneinfo`.split(/\s+/),
);

/** Those of Poetry and what it needs, over its versions. */
const POETRY_MODULES = new Set(
  `poetry cleo clikit crashtest pastel pylev rapidfuzz cachecontrol cachy msgpack filelock lockfile requests requests_toolbelt urllib3
  certifi charset_normalizer chardet idna packaging pkginfo pexpect ptyprocess platformdirs appdirs virtualenv distlib tomlkit tomli
  toml keyring jaraco more_itertools jeepney secretstorage cryptography cffi pycparser importlib_metadata zipp importlib_resources
  dulwich fastjsonschema jsonschema jsonschema_specifications referencing rpds attr attrs pyrsistent html5lib webencodings six
  shellingham trove_classifiers installer build pyproject_hooks findpython pbs_installer httpx httpcore anyio sniffio h11 xattr
  backports typing_extensions zstandard entrypoints glob2 lark poetry_plugin_export`.split(/\s+/),
);

/** Names of distributions in an index, compared as PEP 503 has it. */
export function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/** Whether the distribution `name` is one that Poetry itself may import. */
export function isPoetrysOwn(name: string): boolean {
  return POETRY_MODULES.has(normalized(name).replaceAll("-", "_")) || /^(poetry|jaraco)[-.]/.test(normalized(name));
}

/** The first of a folder's `names` that would be imported instead of a module that pip uses, or taken for an installed package. */
function shadowing(names: readonly string[]): string | undefined {
  return names.find((name) => {
    const module = name.replace(/\.(py|pyc|([\w-]+\.)*so)$/, "");
    return MODULES.has(module) || POETRY_MODULES.has(module) || /\.(egg-info|dist-info|egg|egg-link)$/.test(name);
  });
}

/**
 * What of the project a package manager that is written in Python would import in the place of its own modules: it looks in the folders
 * that PYTHONPATH names, and as `fromFolder` in the one that it runs in.
 */
export function shadowed(
  context: BuildContext,
  folder: string,
  { cwd, env }: Surroundings,
  { fromFolder, ignoresPath }: { readonly fromFolder?: boolean; readonly ignoresPath?: boolean },
): string | undefined {
  const isSet = env.has("PYTHONPATH") && !ignoresPath;
  const paths = isSet ? (env.get("PYTHONPATH")?.split(":") ?? ["", "/"]) : [];
  for (const path of [...(fromFolder ? ["."] : []), ...paths]) {
    const at = placeOf(path || ".", folder, cwd);
    if (at === "outside") continue;
    // Where it is not known, it may be the root.
    const places = at ? [at.path] : [".", posix.relative(folder, "") || "."];
    const names = places.flatMap((place) => context.list(posix.join(folder, place).replace(/^\.$/, "")));
    const name = shadowing(names);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** A virtual environment in the context, which a COPY after the install would put over the one that is installed into. */
export function environmentIn(context: BuildContext): string | undefined {
  const found = context.files().find((path) => /(^|\/)pyvenv\.cfg$/.test(path));
  return found && posix.dirname(found);
}

/** Values that virtualenv writes into `pyvenv.cfg`, beside versions and the prompt. */
export const VALUES = ["CPython", "PyPy", "GraalVM", "None", "true", "false"];

/**
 * What of the folder that virtualenv runs in has the name of a value in `pyvenv.cfg`, or of the prompt: where something of that name is
 * there, virtualenv writes its path instead (create/pyenv_cfg.py).
 */
export function takenForValue(context: BuildContext, folder: string, isPrompt: (name: string) => boolean): Blocker {
  const isVersion = (name: string) => /^\d+\.\d+\.\d+(\.\w+\.\d+)?$/.test(name);
  const isValue = (name: string) => VALUES.includes(name) || isVersion(name) || isPrompt(name);
  const found = context.list(folder).find(isValue);
  return (
    found &&
    `the project has ${inFolder(folder, found)}, so virtualenv would write a path for that name into pyvenv.cfg`
  );
}

/** Where `python -m` in `folder` looks for modules that pip imports. Extension modules bear other names, and nobody keeps them beside sources. */
export function shadowedIn(folder: string): string[] {
  return [...MODULES].flatMap((name) => [`${folder}/${name}`, `${folder}/${name}.py`]);
}
