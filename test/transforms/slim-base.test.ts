/** What snapshots can't show of slim-base. */
import { expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { refit } from "../../src/pipeline/index.ts";
import { transforms } from "../../transforms/index.ts";

const context = memoryContext({
  "go.mod": "module example.com/shop\n\ngo 1.25\n",
  "main.go": "package main\n\nfunc main() {}\n",
});
const dockerfile = `FROM golang:1.25 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /bin/shop .

FROM golang:1.25
WORKDIR /srv
COPY --from=build /bin/shop /bin/shop
CMD ["shop"]
`;

test("a program that a proof refuses on scratch goes to the distribution", () => {
  const input = { transforms, only: ["slim-base"], context, strict: true };
  const first = refit(dockerfile, input);
  expect(first.after).toContain("FROM scratch");
  const places = first.steps.flatMap(({ transform, places }) => places.map((at) => ({ transform, at })));
  const leaveOut = places.map((place) => ({ ...place, why: "it may start other programs" }));
  const second = refit(dockerfile, { ...input, leaveOut });
  expect(second.after).toContain("FROM debian:trixie-slim\n");
  expect(second.outcomes.map(({ kind, message }) => `${kind}: ${message}`)).toEqual([
    "applied: the container runs on debian:trixie-slim in the place of golang:1.25: what it built, with the same C library",
  ]);
});
