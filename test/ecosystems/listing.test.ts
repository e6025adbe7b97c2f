import { expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { foundByListing } from "../../src/ecosystems/listing.ts";

const found = (code: string, path = "main.go") => foundByListing(memoryContext({ [path]: code }), [path]);

test.each([
  'filepath.Glob("*.md")',
  'filepath.Glob("./*/*.md")',
  'filepath.Glob("page-*.md")',
  'http.FileServer(http.Dir("."))',
  'os.DirFS("./")',
  'filepath.WalkDir(".", visit)',
  'router.Static("/", "./")',
  'ServeDir::new(".")',
  'Files::new("/", "./")',
  'opendir(".")',
  'glob("*.md", 0, 0, &found)',
  'Files.list(Path.of(""))',
  'File.ls!(".")',
  'Path.wildcard "*.md"',
  'Directory.EnumerateFiles(".", "*.md")',
])("%s may find any file of the project", (code) => {
  expect(found(code)).toBe("all");
});

test.each([
  "os.ReadDir(root)",
  "folder.Readdirnames(-1)",
  "fs::read_dir(&root)",
  "for (auto& each : fs::directory_iterator(root))",
  "files = File.ls!(root)",
  "new File(root).listFiles()",
  'os.ReadDir("/var/lib/notes")',
  "Directory.GetFiles(environment.ContentRootPath)",
  "new PhysicalFileProvider(Path.Combine(Environment.CurrentDirectory, folder))",
])("%s may find data of the project", (code) => {
  expect(found(code)).toBe("data");
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
  'Directory.GetFiles("posts")',
])("%s names what it looks into", (code) => {
  expect(found(code)).toBe("nothing");
});

test("tests and code of others say nothing of what the app lists", () => {
  expect(found('os.ReadDir(".")', "main_test.go")).toBe("nothing");
  expect(found("os.ReadDir(root)", "vendor/example.com/notes/notes.go")).toBe("nothing");
});
