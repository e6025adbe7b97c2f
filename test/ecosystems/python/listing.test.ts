import { expect, test } from "vitest";
import { listsFolders } from "../../../src/ecosystems/python/listing.ts";

test.each([
  "os.listdir()",
  'os.listdir(".")',
  "os.walk(BASE_DIR)",
  "os.listdir(os.path.dirname(os.path.abspath(__file__)))",
  "ROOT = Path(__file__).parent\npages = ROOT.rglob('*.svg')",
  "ROOT = Path(__file__).resolve().parent.parent\nfor page in ROOT.iterdir(): print(page)",
  "ROOT = Path(__file__).parent\npage = (ROOT / kind / 'package.json').read_text()",
  "HERE = os.path.dirname(__file__)\nopen(os.path.join(HERE, name))",
  'HERE = os.path.dirname(__file__)\nopen(f"{HERE}/{name}.md")',
  "here = os.path.dirname(os.path.abspath(__file__))\npkgutil.iter_modules([here])",
  'glob.glob("*.md")',
  "Path('.').glob('*.md')",
  "Path.cwd().iterdir()",
])("anything may be read: %s", (code) => {
  expect(listsFolders(code)).toBe(true);
});

test.each([
  'os.listdir("pages")',
  'ROOT = Path(__file__).parent\npages = (ROOT / "pages").iterdir()',
  'ROOT = Path(__file__).parent\npages = ROOT.glob("pages/*.md")',
  'HERE = os.path.dirname(__file__)\nopen(os.path.join(HERE, "pages", name))',
  'HERE = os.path.dirname(__file__)\nopen(f"{HERE}/pages/{name}.md")',
  'BASE_DIR = Path(__file__).resolve().parent.parent\nSTATIC_ROOT = BASE_DIR / "static"',
  'os.path.join(BASE_DIR, os.environ.get("PAGES", "pages"))',
])("only what is named: %s", (code) => {
  expect(listsFolders(code)).toBe(false);
});
