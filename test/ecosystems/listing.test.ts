import { expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { listsFolders } from "../../src/ecosystems/listing.ts";

const lists = (code: string, path = "main.go") => listsFolders(memoryContext({ [path]: code }), [path]);

test.each([
  'filepath.Glob("*.md")',
  'filepath.Glob("./*/*.md")',
  'filepath.Glob("page-*.md")',
  'http.FileServer(http.Dir("."))',
  'os.DirFS("./")',
  "os.ReadDir(root)",
  'filepath.WalkDir(".", visit)',
  'router.Static("/", "./")',
  "folder.Readdirnames(-1)",
  "fs::read_dir(&root)",
  'ServeDir::new(".")',
  'Files::new("/", "./")',
  'opendir(".")',
  'glob("*.md", 0, 0, &found)',
  "for (auto& each : fs::directory_iterator(root))",
  'Files.list(Path.of(""))',
  'File.ls!(".")',
  "files = File.ls!(root)",
  'Path.wildcard "*.md"',
  "new File(root).listFiles()",
])("%s may find any file of the project", (code) => {
  expect(lists(code)).toBe(true);
});

test.each([
  'filepath.Glob("posts/*.md")',
  'http.FileServer(http.Dir("./static"))',
  'os.ReadDir("migrations")',
  'os.ReadFile("notes.md")',
  'template.ParseFS(files, "*.html")',
  'router.Static("/assets", "./assets")',
  'read_dir("posts")',
  'Tera::new("templates/**/*.html")',
  'opendir("posts")',
  'File.ls!("posts")',
  'Path.wildcard("posts/*.md")',
  'Files.walk(Path.of("posts"))',
])("%s names what it looks into", (code) => {
  expect(lists(code)).toBe(false);
});

test("tests and code of others say nothing of what the app lists", () => {
  expect(lists('os.ReadDir(".")', "main_test.go")).toBe(false);
  expect(lists("os.ReadDir(root)", "vendor/example.com/notes/notes.go")).toBe(false);
});
