import { expect, test } from "vitest";
import { memoryContext } from "../../../src/context/index.ts";
import { djangoOutputs } from "../../../src/ecosystems/python/django.ts";

const manage = { "manage.py": "from django.core.management import execute_from_command_line\n" };

function outputs(command: string, files: Record<string, string>) {
  const [tool = "", ...args] = command.split(" ");
  const made = djangoOutputs({ tool, path: tool, args, env: new Map() }, memoryContext({ ...manage, ...files }));
  return made && ("unknown" in made ? "unknown" : made.outputs);
}

test.each<[string, readonly string[] | string]>([
  ['BASE_DIR = Path(__file__).resolve().parent.parent\nSTATIC_ROOT = BASE_DIR / "static" / "all"', ["static/all"]],
  ["BASE_DIR = pathlib.Path(__file__).resolve().parents[1]\nSTATIC_ROOT = str(BASE_DIR / 'static')", ["static"]],
  [
    'BASE_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))\nSTATIC_ROOT = os.path.join(BASE_DIR, "static/")',
    ["static"],
  ],
  ['ROOT = Path(__file__).parent\nBASE = ROOT / ".."\nSTATIC_ROOT: Path = BASE / "static"  # all of it', ["static"]],
  ['STATIC_ROOT = "/srv/static"', ["/srv/static"]],
  ['STATIC_ROOT = os.path.join(os.path.dirname(__file__), "static")', ["library/static"]],
  ['BASE_DIR = Path(__file__).resolve().parent.parent.parent\nSTATIC_ROOT = BASE_DIR / "static"', "unknown"],
  ['BASE_DIR = Path(__file__).resolve().parent.parent\nSTATIC_ROOT = BASE_DIR / ".." / "static"', "unknown"],
  ["BASE_DIR = Path(__file__).resolve().parent.parent\nSTATIC_ROOT = BASE_DIR", "unknown"],
  ['STATIC_ROOT = env("STATIC_ROOT", default="/srv/static")', "unknown"],
  ['STATIC_ROOT = "a"\nif DEBUG:\n    STATIC_ROOT = os.environ["B"]', "unknown"],
  ["STATIC_URL = '/static/'", "unknown"],
])("collectstatic with %j", (settings, expected) => {
  const files = { "library/settings.py": settings };
  expect(outputs("python manage.py collectstatic --noinput", files)).toEqual(expected);
});

test("settings may be several modules, which agree on their folders", () => {
  const base = 'BASE_DIR = Path(__file__).resolve().parent.parent.parent\nSTATIC_ROOT = BASE_DIR / "static"';
  const files = {
    "library/settings/base.py": base,
    "library/settings/production.py": 'STATIC_ROOT = BASE_DIR / "out"',
  };
  expect(outputs("python3 -u ./manage.py collectstatic -c", files)).toEqual(["static", "out"]);
  const other = { "tools/a.py": "BASE_DIR = Path(__file__).parent" };
  expect(outputs("python3 manage.py collectstatic", { ...files, ...other })).toBe("unknown");
});

test("compilemessages writes beside what it compiles", () => {
  const files = { "books/locale/de/LC_MESSAGES/django.po": "", "locale/fr/LC_MESSAGES/djangojs.po": "" };
  expect(outputs("python manage.py compilemessages", files)).toEqual(["books/locale", "locale"]);
});

test("other commands, and scripts that are not Django's, are not known", () => {
  expect(outputs("python manage.py migrate", {})).toBeUndefined();
  expect(outputs("python manage.py collectstatic", { "manage.py": "import shop" })).toBeUndefined();
  expect(outputs("python -m manage collectstatic", {})).toBeUndefined();
});
