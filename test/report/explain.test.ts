import { expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf, type StepTime, StepTimes } from "../../src/image/index.ts";
import { type ExplainInput, explanationOf, explanationText } from "../../src/report/index.ts";

const context = memoryContext({ "package.json": "{}", "package-lock.json": "{}", "src/main.js": "" });

const before = `ARG NODE=20
FROM node:\${NODE} AS build
WORKDIR /app
COPY . .
RUN npm ci
ARG COMMIT
RUN npm run build
FROM build AS tests
RUN npm test
FROM nginx
COPY --from=build /app/dist /srv
`;
const after = before.replace("COPY . .\nRUN npm ci\n", "COPY package*.json ./\nRUN npm ci\nCOPY . .\n");

function explained(one: string, other?: string, more: Partial<ExplainInput> = {}, times?: readonly StepTime[]) {
  const facts = (text: string) => factsOf(parseDockerfile(text), { context, times: times && new StepTimes(times) });
  return explanationOf({
    path: "api/Dockerfile",
    before: facts(one),
    after: other === undefined ? undefined : facts(other),
    ...more,
  });
}

const shown = (explanation: ReturnType<typeof explained>, width = 100) =>
  explanationText(explanation, { colour: false, width });

test("each step, what makes it run again, and what three edits run again, before and after", () => {
  expect(shown(explained(before, after))).toMatchInlineSnapshot(`
    "api/Dockerfile
      not needed, and not built: tests; --target explains another stage

      edits
        source    src/main.js
        manifest  package.json
        line 5    RUN npm ci

      as it is
      line  step                              runs again after    weight  source  manifest  line 5
         2  FROM node:\${NODE} AS build  ↳ ARG NODE
         3  WORKDIR /app                                                       ·         ·       ·
         4  COPY . .                          .                                ●         ●       ·
         5  RUN npm ci                        line 4               heavy       ●         ●       ●
         7  RUN npm run build                 ARG COMMIT, line 4   heavy       ●         ●       ●
        10  FROM nginx
        11  COPY --from=build /app/dist /srv  stage build                      ○         ○       ○

      with refit
      line  step                              runs again after    weight  source  manifest  line 5
         2  FROM node:\${NODE} AS build  ↳ ARG NODE
         3  WORKDIR /app                                                       ·         ·       ·
         4  COPY package*.json ./             package*.json                    ·         ●       ·
         5  RUN npm ci                        line 4               heavy       ·         ●       ●
         6  COPY . .                          ., line 4                        ●         ●       ●
         8  RUN npm run build                 ARG COMMIT, line 6   heavy       ●         ●       ●
        11  FROM nginx
        12  COPY --from=build /app/dist /srv  stage build                      ○         ○       ○

      what runs again
      after an edit of  as it is            with refit
      the source        3–4 steps, 2 heavy  2–3 steps, 1 heavy
      the manifest      3–4 steps, 2 heavy  4–5 steps, 2 heavy
      line 5            2–3 steps, 2 heavy  3–4 steps, 2 heavy

      ● runs again, ○ perhaps, · comes from the cache
    "
  `);
});

test("on a narrow terminal, what makes a step run again has lines of its own", () => {
  expect(shown(explained(before), 80)).toMatchInlineSnapshot(`
    "api/Dockerfile
      not needed, and not built: tests; --target explains another stage

      edits
        source    src/main.js
        manifest  package.json
        line 5    RUN npm ci

      as it is
      line  step                              weight  source  manifest  line 5
              ↳ runs again after
         2  FROM node:\${NODE} AS build
              ↳ ARG NODE
         3  WORKDIR /app                                   ·         ·       ·
         4  COPY . .                                       ●         ●       ·
              ↳ .
         5  RUN npm ci                         heavy       ●         ●       ●
              ↳ line 4
         7  RUN npm run build                  heavy       ●         ●       ●
              ↳ ARG COMMIT, line 4
        10  FROM nginx
        11  COPY --from=build /app/dist /srv               ○         ○       ○
              ↳ stage build

      what runs again
      after an edit of  as it is
      the source        3–4 steps, 2 heavy
      the manifest      3–4 steps, 2 heavy
      line 5            2–3 steps, 2 heavy

      refit changes nothing here; \`refit api/Dockerfile\` says why

      ● runs again, ○ perhaps, · comes from the cache
    "
  `);
});

test("with measured times, weights and sums are seconds, and what was not measured is said", () => {
  const times = [
    { instruction: "COPY . .", seconds: 0.1 },
    { instruction: "RUN npm ci", seconds: 65 },
    { instruction: "RUN npm run build", seconds: 9.5 },
  ];
  expect(shown(explained(before, after, {}, times))).toMatchInlineSnapshot(`
    "api/Dockerfile
      not needed, and not built: tests; --target explains another stage

      edits
        source    src/main.js
        manifest  package.json
        line 5    RUN npm ci

      as it is
      line  step                                 weight  source  manifest  line 5
              ↳ runs again after
         2  FROM node:\${NODE} AS build
              ↳ ARG NODE
         3  WORKDIR /app                          0.0 s       ·         ·       ·
         4  COPY . .                              0.1 s       ●         ●       ·
              ↳ .
         5  RUN npm ci                        1 min 5 s       ●         ●       ●
              ↳ line 4
         7  RUN npm run build                     9.5 s       ●         ●       ●
              ↳ ARG COMMIT, line 4
        10  FROM nginx
        11  COPY --from=build /app/dist /srv          ?       ○         ○       ○
              ↳ stage build

      with refit
      line  step                                 weight  source  manifest  line 5
              ↳ runs again after
         2  FROM node:\${NODE} AS build
              ↳ ARG NODE
         3  WORKDIR /app                          0.0 s       ·         ·       ·
         4  COPY package*.json ./                     ?       ·         ●       ·
              ↳ package*.json
         5  RUN npm ci                        1 min 5 s       ·         ●       ●
              ↳ line 4
         6  COPY . .                              0.1 s       ●         ●       ●
              ↳ ., line 4
         8  RUN npm run build                     9.5 s       ●         ●       ●
              ↳ ARG COMMIT, line 6
        11  FROM nginx
        12  COPY --from=build /app/dist /srv          ?       ○         ○       ○
              ↳ stage build

      what runs again
      after an edit of  as it is               with refit             change
      the source        3–4 steps, 1 min 15 s  2–3 steps, 9.8 s       −86.9 %
      the manifest      3–4 steps, 1 min 15 s  4–5 steps, 1 min 15 s  +0.3 %
      line 5            2–3 steps, 1 min 15 s  3–4 steps, 1 min 15 s  +0.1 %

      ● runs again, ○ perhaps, · comes from the cache
      ? was not measured, and counts as a guess
    "
  `);
});

test("a change is not reckoned from guesses", () => {
  const [two, joined] = [
    "FROM a\nCOPY src /src\nRUN ./one\nRUN ./two\n",
    "FROM a\nCOPY src /src\nRUN ./one && ./two\n",
  ];
  const one = { instruction: "RUN ./one", seconds: 2 };
  const change = (...times: readonly StepTime[]) =>
    / ([−+]\S+ %)$/m.exec(shown(explained(two, joined, {}, times)))?.[1];
  expect(change(one)).toBeUndefined();
  expect(change(one, { instruction: "RUN ./two", seconds: 3 }, { instruction: "RUN ./one && ./two", seconds: 1 })).toBe(
    "−76.9 %",
  );
});

test.each([60, 80, 100, 200])("no line is longer than a terminal of %i columns", (width) => {
  const long = `${before}RUN echo ${"word ".repeat(80)}\nRUN --mount=source=src,target=/a --mount=from=build,target=/b ls\n`;
  const lines = shown(
    explained(long, `${long}RUN ls\n`, { builds: [{ name: "service web", target: undefined }] }),
    width,
  );
  const widest = Math.max(...lines.split("\n").map(({ length }) => length));
  expect(widest).toBeLessThanOrEqual(width);
});

test("colours change no column", () => {
  const explanation = explained(before, after);
  const coloured = explanationText(explanation, { colour: true, width: 100 });
  expect(coloured).not.toBe(shown(explanation));
  expect(coloured.replace(/\x1b\[\d+m/g, "")).toBe(shown(explanation));
});

test("without a build context the edited files are made up, after what the install reads", () => {
  const facts = factsOf(parseDockerfile("FROM node:20\nCOPY . .\nRUN pnpm install\n"));
  const { source, manifest } = explanationOf({ path: "-", before: facts, after: undefined });
  expect([source, manifest]).toEqual([
    { path: "a-source", isMadeUp: true },
    { path: "package.json", isMadeUp: true },
  ]);
});

test("a file that only a mount brings is edited as well", () => {
  const facts = factsOf(parseDockerfile("FROM golang\nRUN --mount=target=. go build\n"));
  const { source, before: side } = explanationOf({ path: "-", before: facts, after: undefined });
  expect(source).toEqual({ path: "a-source", isMadeUp: true });
  expect(side.totals.source).toMatchObject({ runs: 1 });
});

test("a target leaves out the stages that it does not need, and a stage without steps is shown", () => {
  const { before: side } = explained(`${before}FROM build\n`, undefined, { target: "tests" });
  expect(side.stages.map(({ from, steps }) => [from, steps.length])).toEqual([
    ["FROM node:${NODE} AS build", 4],
    ["FROM build AS tests", 1],
  ]);
  expect(side.notBuilt).toEqual(["2", "3"]);
  expect(explained(`${before}FROM tests\n`).before.stages.at(-1)).toMatchObject({ from: "FROM tests", steps: [] });
});

test("the edited line is followed into a step that was joined, or cut apart", () => {
  const line = (one: string, other: string, at: number) =>
    explained(one, other, { line: at }).after?.stages.flatMap(({ steps }) =>
      steps.filter(({ rerun }) => rerun.line === "runs").map(({ text }) => text),
    )[0];
  const [two, joined] = ["FROM a\nRUN b\nRUN c\n", "FROM a\nRUN b && \\\n    c\n"];
  expect(line(two, joined, 3)).toBe("RUN b && c");
  expect(line(joined, two, 2)).toBe("RUN b");
  const heredocs = "FROM a\nRUN <<EOF\nb\nEOF\nRUN <<EOF\nc\nEOF\n";
  expect(line(heredocs, "FROM a\nRUN <<EOF\nb\nc\nEOF\n", 6)).toBe("RUN <<EOF (b...)");
  expect(line(two, "FROM a\nRUN c\n", 2)).toBeUndefined();
});
