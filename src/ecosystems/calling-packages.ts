/** Packages of language registries that call a program of the system when the app runs, and say so in no dependency of theirs. */

interface Callers {
  /** As their registry has them. */
  readonly packages: string;
  readonly programs: readonly string[];
  /** Only where the C library is musl. */
  readonly onMusl?: boolean;
}

/** Stands for libraries that programs find by name while they run, so that no file says that it needs them. */
export const LIBRARIES = "lib*";

/** They find libraries so. */
const LOOKING_UP =
  "python-magic pyusb libusb1 soundfile sounddevice pyzbar pylibdmtx cairocffi cairosvg weasyprint pangocffi pyenchant wand ghostscript rtree shapely pysodium libnacl python-vlc opuslib discord.py pycups blosc pyfuse3 fusepy ruby-vips ruby-filemagic";

/** Python, and what compiles addons of Node with its help. */
export const PYTHON_PROGRAMS: readonly string[] = ["node-gyp", "python", "python2", "python3"];

const COMPILERS: readonly string[] = ["c++", "cc", "g++", "gcc"];

const CALLERS: readonly Callers[] = [
  // They compile what they are asked for, where it is first used (torch's inductor, Triton's launchers, Cython's pyximport, RubyInline).
  {
    packages:
      "torch pytorch-lightning lightning torchvision torchaudio triton vllm sglang deepspeed xformers flash-attn bitsandbytes unsloth openai-whisper sentence-transformers fastai ultralytics theano theano-pymc aesara pytensor pymc pymc3 brian2 cppimport pythran codepy pykeops keopscore devito cmdstanpy pystan RubyInline",
    programs: [...COMPILERS, "make"],
  },
  { packages: "composer/composer alchemy/zippy patool pyunpack cross-zip bestzip", programs: ["unzip", "zip"] },
  { packages: "gitpython dvc mlflow pre-commit commitizen cookiecutter", programs: ["git"] },
  {
    packages: "mini_magick image_processing paperclip kt-paperclip gm imagemagick easyimage",
    programs: ["convert", "identify", "magick", "mogrify"],
  },
  {
    packages:
      "python-shell pythonia node-calls-python python-bridge node-python zerorpc youtube-dl youtube-dl-exec youtube-dl-wrap yt-dlp-exec yt-dlp-wrap yt-dlp-wrap-plus ytdlp-nodejs",
    programs: PYTHON_PROGRAMS,
  },
  { packages: LOOKING_UP, programs: [LIBRARIES] },
  // `ctypes.util.find_library` asks the compiler or the linker for a library's name where there is no `ldconfig -p`.
  { packages: LOOKING_UP, programs: ["cc", "gcc", "ld"], onMusl: true },
];

/** What of a language's own finds libraries so. */
const FINDS_LIBRARIES = /\bfind_library\(|\bcontrib\.gis\b/;

/** What opens one by the name that it is told. */
const OPENS_LIBRARIES = /\b(CDLL|LoadLibrary|dlopen|Fiddle\.dlopen|FFI::cdef)\(|\bffi_lib\b/;

/** Whether one of the texts, manifests and locks, names a package that calls `program`. */
export function isCalledByPackage(program: string, manifests: readonly string[], isMusl: boolean): boolean {
  const names = CALLERS.filter((each) => each.programs.includes(program) && (isMusl || !each.onMusl)).flatMap(
    ({ packages }) => packages.split(" "),
  );
  if (names.length === 0) return false;
  // Python's index takes `-`, `_` and `.` for the same.
  const alike = names.map((name) => name.replace(/[-_.]/g, "[-_.]")).join("|");
  const named = new RegExp(`(?<![\\w.-])(${alike})(?![\\w-]|\\.\\w)`, "i");
  return manifests.some((text) => named.test(text));
}

/** Stands for the names of libraries without a version (`libgdal.so`), which come with their headers. */
export const LIBRARY_LINKS = "lib*.so";

/** Ruby's FFI and .NET put `lib` and `.so` around a name. */
const LINKED_BY_NAME =
  /\bffi_lib\b[ (]+\[?["'](?!c["'])[\w+-]+["']|\b(Dll|Library)Import\(\s*"(?!libc"|kernel32|user32)[\w+-]+"/;

/** What of a language compiles while code runs (cffi's API mode, Cython, numba, f2py, distutils, PyTorch, RubyInline). */
const COMPILES =
  /\bffi\w*\.(verify|compile)\(|\b(pyximport|cython\.inline|numba\.pycc|numpy\.f2py|cpp_extension|load_inline)\b|\b(distutils|setuptools)\b.*\bc?compiler\b|^\s*inline do \|/m;

/** Whether code, or a setting, looks up libraries or compiles in a way that needs `program`. */
export function isCalledByLookup(program: string, code: string, isMusl: boolean): boolean {
  if (COMPILERS.includes(program) && COMPILES.test(code)) return true;
  if (program === LIBRARIES) return FINDS_LIBRARIES.test(code) || OPENS_LIBRARIES.test(code);
  if (program === LIBRARY_LINKS) return /\blib[\w+-]+\.so(?!\w|\.\d)/.test(code) || LINKED_BY_NAME.test(code);
  return isMusl && ["cc", "gcc", "ld"].includes(program) && FINDS_LIBRARIES.test(code);
}
