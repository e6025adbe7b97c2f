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

/** The first of a folder's `names` that would be imported instead of a module that pip uses, or taken for an installed package. */
export function shadowing(names: readonly string[]): string | undefined {
  return names.find(
    (name) =>
      MODULES.has(name.replace(/\.(py|pyc|([\w-]+\.)*so)$/, "")) || /\.(egg-info|dist-info|egg|egg-link)$/.test(name),
  );
}

/** Where `python -m` in `folder` looks for modules that pip imports. Extension modules bear other names, and nobody keeps them beside sources. */
export function shadowedIn(folder: string): string[] {
  return [...MODULES].flatMap((name) => [`${folder}/${name}`, `${folder}/${name}.py`]);
}
