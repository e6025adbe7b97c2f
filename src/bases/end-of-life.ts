/**
 * When support of releases ends: the last day on which anybody gets security fixes without paying, by product and release. Taken from
 * the projects' own schedules as endoflife.date had them collected on `KNOWN_ON`; a release of which only an estimate was known is left
 * out, as is Rust, where each release ends the one before.
 */
import type { Content, KnownBase } from "./types.ts";

/** The day on which the dates were right. */
export const KNOWN_ON = "2026-08-22";

/** Product to pairs of release and last day, in the order of releases. */
const LAST_DAYS: Readonly<Record<string, string>> = {
  debian: `
    6 2016-02-29   7 2018-05-31   8 2020-06-30   9 2022-07-01   10 2024-06-30   11 2026-08-31   12 2028-06-30   13 2030-06-30`,
  ubuntu: `
    12.04 2017-04-28   12.10 2014-05-16   13.04 2014-01-27   13.10 2014-07-17   14.04 2019-04-02   14.10 2015-07-23
    15.04 2016-02-04   15.10 2016-07-28   16.04 2021-04-02   16.10 2017-07-20   17.04 2018-01-13   17.10 2018-07-19
    18.04 2023-05-31   18.10 2019-07-18   19.04 2020-01-23   19.10 2020-07-06   20.04 2025-05-31   20.10 2021-07-22
    21.04 2022-01-20   21.10 2022-07-14   22.04 2027-04-01   22.10 2023-07-20   23.04 2024-01-20   23.10 2024-07-12
    24.04 2029-05-31   24.10 2025-07-10   25.04 2026-01-17   25.10 2026-07-01   26.04 2031-04-30`,
  alpine: `
    2.4 2014-05-01   2.5 2014-11-01   2.6 2015-05-01   2.7 2015-11-01   3.0 2016-05-01   3.1 2016-11-01   3.2 2017-05-01
    3.3 2017-11-01   3.4 2018-05-01   3.5 2018-11-01   3.6 2019-05-01   3.7 2019-11-01   3.8 2020-05-01   3.9 2020-11-01
    3.10 2021-05-01   3.11 2021-11-01   3.12 2022-05-01   3.13 2022-11-01   3.14 2023-05-01   3.15 2023-11-01   3.16 2024-05-23
    3.17 2024-11-22   3.18 2025-05-09   3.19 2025-11-01   3.20 2026-04-01   3.21 2026-11-01   3.22 2027-05-01   3.23 2027-11-01
    3.24 2028-06-01`,
  fedora: `
    18 2014-01-14   19 2015-01-06   20 2015-06-23   21 2015-12-01   22 2016-07-19   23 2016-12-20   24 2017-08-08
    25 2017-12-12   26 2018-05-29   27 2018-11-30   28 2019-05-28   29 2019-11-26   30 2020-05-26   31 2020-11-24
    32 2021-05-25   33 2021-11-30   34 2022-06-07   35 2022-12-13   36 2023-05-16   37 2023-12-05   38 2024-05-21
    39 2024-11-26   40 2025-05-13   41 2025-12-15   42 2026-05-27   43 2026-12-09   44 2027-06-02`,
  rockylinux: `
    8 2029-05-31   9 2032-05-31   10 2035-05-31`,
  almalinux: `
    8 2029-05-31   9 2032-05-31   10 2035-05-31`,
  centos: `
    5 2017-03-31   6 2020-11-30   7 2024-06-30   8 2021-12-31`,
  "centos-stream": `
    8 2024-05-31   9 2027-05-31   10 2030-05-31`,
  amazonlinux: `
    1 2023-12-31   2 2026-06-30   2010.11 2023-12-31   2011.09 2023-12-31   2012.03 2023-12-31   2012.09 2023-12-31   2013.03 2023-12-31
    2013.09 2023-12-31   2014.03 2023-12-31   2014.09 2023-12-31   2015.03 2023-12-31   2015.09 2023-12-31   2016.03 2023-12-31
    2016.09 2023-12-31   2017.03 2023-12-31   2017.09 2023-12-31   2018.03 2023-12-31   2023 2029-06-30`,
  rhel: `
    5 2017-03-31   6 2020-11-30   7 2024-06-30   8 2029-05-31   9 2032-05-31   10 2035-05-31`,
  oraclelinux: `
    6 2021-03-31   7 2024-12-31   8 2029-07-31   9 2032-06-30`,
  windows: `
    20h2 2022-08-09   1709 2019-04-09   1803 2019-11-12   1903 2020-12-08   1909 2021-05-11
    2004 2021-12-14   2016 2027-01-12   2019 2029-01-09   2022 2031-10-14   2025 2034-10-10`,
  node: `
    4 2018-04-30   5 2016-06-30   6 2019-04-30   7 2017-06-30   8 2019-12-31   9 2018-06-30   10 2021-04-30   11 2019-06-30
    12 2022-04-30   13 2020-06-01   14 2023-04-30   15 2021-06-01   16 2023-09-11   17 2022-06-01   18 2025-04-30
    19 2023-06-01   20 2026-04-30   21 2024-06-01   22 2027-04-30   23 2025-06-01   24 2028-04-30   25 2026-06-01
    26 2029-04-30`,
  python: `
    2.7 2020-01-01   3.2 2016-02-20   3.3 2017-09-29   3.4 2019-03-18   3.5 2020-09-30   3.6 2021-12-23   3.7 2023-06-27
    3.8 2024-10-07   3.9 2025-10-31   3.10 2026-10-31   3.11 2027-10-31   3.12 2028-10-31   3.13 2029-10-31   3.14 2030-10-31`,
  golang: `
    1.10 2019-02-25   1.11 2019-09-03   1.12 2020-02-25   1.13 2020-08-11   1.14 2021-02-16   1.15 2021-08-16   1.16 2022-03-15
    1.17 2022-08-02   1.18 2023-02-01   1.19 2023-09-06   1.20 2024-02-06   1.21 2024-08-13   1.22 2025-02-11   1.23 2025-08-12
    1.24 2026-02-10   1.25 2026-08-19`,
  ruby: `
    1.9.3 2015-02-23   2.0.0 2016-02-24   2.1 2017-03-31   2.2 2018-03-31   2.3 2019-03-31   2.4 2020-03-31   2.5 2021-03-31
    2.6 2022-03-31   2.7 2023-03-31   3.0 2024-04-23   3.1 2025-03-26   3.2 2026-03-31   3.3 2027-03-31   3.4 2028-03-31
    4.0 2029-03-31`,
  php: `
    5.3 2014-08-14   5.4 2015-09-14   5.5 2016-07-21   5.6 2018-12-31   7.0 2019-01-10   7.1 2019-12-01   7.2 2020-11-30
    7.3 2021-12-06   7.4 2022-11-28   8.0 2023-11-26   8.1 2025-12-31   8.2 2026-12-31   8.3 2027-12-31   8.4 2028-12-31
    8.5 2029-12-31`,
  perl: `
    5.26 2020-05-30   5.28 2021-06-23   5.30 2022-05-22   5.32 2023-06-20   5.34 2024-05-20   5.36 2025-05-27   5.38 2026-07-02
    5.40 2027-06-09   5.42 2028-07-03   5.44 2029-07-15`,
  elixir: `
    1.4 2019-06-24   1.5 2020-01-27   1.6 2020-10-06   1.7 2021-05-19   1.8 2021-12-03   1.9 2022-09-01   1.10 2023-06-19
    1.11 2023-12-22   1.12 2024-06-12   1.13 2024-12-19   1.14 2025-10-16   1.15 2026-06-03`,
  erlang: `
    17 2018-10-11   18 2018-11-09   19 2019-06-21   20 2020-06-21   21 2021-06-19   22 2024-03-18   23 2024-03-14
    24 2024-05-10   25 2025-05-17   26 2026-05-26`,
  "eclipse-temurin": `
    8 2030-12-31   11 2027-10-31   16 2021-09-30   17 2027-10-31   18 2022-09-30   19 2023-03-31   20 2023-09-19
    21 2029-12-31   22 2024-09-17   23 2025-03-18   24 2025-09-16`,
  amazoncorretto: `
    8 2030-12-31   11 2032-01-31   15 2021-04-20   16 2021-10-19   17 2029-10-31   18 2022-10-18   19 2023-04-19
    20 2023-10-17   21 2030-10-31   22 2024-10-15   23 2025-04-30   24 2025-10-31   25 2032-10-31   26 2026-10-31`,
  maven: `
    1 2014-02-18   2 2014-02-18   3.1 2014-02-14   3.2 2015-03-13   3.3 2017-04-03   3.5 2018-10-24   3.6 2021-03-30
    3.8 2025-06-14`,
  gradle: `
    1 2014-07-01   2 2016-08-15   3 2017-06-14   4 2018-11-26   5 2019-11-08   6 2023-02-10   7 2025-07-31`,
  dotnet: `
    1.0 2019-06-27   1.1 2019-06-27   2.0 2018-10-01   2.1 2021-08-21   2.2 2019-12-23   3.0 2020-03-03   3.1 2022-12-13
    5 2022-05-10   6 2024-11-12   7 2024-05-14   8 2026-11-10   9 2026-11-10   10 2028-11-14`,
  nginx: `
    1.4 2014-04-24   1.6 2015-04-21   1.8 2016-04-26   1.10 2017-04-12   1.12 2018-04-17   1.14 2019-04-23   1.16 2020-04-20
    1.18 2021-04-20   1.19 2021-05-25   1.20 2022-05-24   1.21 2022-06-21   1.22 2023-04-11   1.23 2023-05-23   1.24 2024-04-23
    1.25 2024-05-29   1.26 2025-04-23   1.27 2025-06-24   1.28 2026-04-14   1.29 2026-05-13`,
  httpd: `
    2.2 2017-07-11`,
  postgres: `
    8.4 2014-07-24   9.0 2015-10-08   9.1 2016-10-27   9.2 2017-11-09   9.3 2018-11-08   9.4 2020-02-13   9.5 2021-02-11
    9.6 2021-11-11   10 2022-11-10   11 2023-11-09   12 2024-11-21   13 2025-11-13   14 2026-11-12   15 2027-11-11
    16 2028-11-09   17 2029-11-08   18 2030-11-14`,
  mysql: `
    5.5 2018-12-31   5.6 2021-02-28   5.7 2023-10-31   8.0 2026-04-30   8.1 2023-10-25   8.2 2023-12-14   8.3 2024-04-10
    8.4 2032-04-30   9.0 2024-10-15   9.1 2025-01-21   9.2 2025-04-15   9.3 2025-07-22   9.4 2025-10-21   9.5 2026-01-20
    9.6 2026-04-21`,
  mariadb: `
    5.1 2015-02-01   5.2 2015-11-10   5.3 2017-03-01   5.5 2020-04-11   10.0 2019-03-31   10.1 2020-10-17   10.2 2022-05-23
    10.3 2023-05-25   10.4 2024-06-18   10.5 2025-06-24   10.6 2026-07-06   10.7 2023-02-09   10.8 2023-05-20   10.9 2023-08-22
    10.10 2023-11-17   10.11 2028-02-16   11.0 2024-06-06   11.1 2024-08-21   11.2 2024-11-21   11.3 2024-05-29
    11.4 2029-05-29   11.5 2024-11-21   11.6 2025-02-13   11.7 2025-05-12   11.8 2028-06-04   12.0 2025-11-18   12.1 2026-02-13
    12.2 2026-05-28   12.3 2029-06-12`,
  redis: `
    5.0 2022-04-27   6.0 2022-05-31   6.2 2027-04-01   7.0 2024-07-29   7.2 2029-12-01   7.4 2029-12-01   8.0 2026-12-01
    8.2 2030-09-01`,
  mongo: `
    2.2 2014-02-28   2.6 2016-10-31   3.0 2018-02-28   3.2 2018-09-30   3.4 2020-01-31   3.6 2021-04-30   4.0 2022-04-30
    4.2 2023-04-30   4.4 2024-02-29   5.0 2024-10-31   5.1 2022-01-19   5.2 2022-03-23   5.3 2022-07-19   6.0 2025-07-31
    6.1 2023-02-09   6.2 2023-04-24   6.3 2023-08-31   7.0 2027-08-31   7.1 2024-01-23   7.2 2024-03-27   7.3 2024-10-02
    8.0 2029-10-31   8.1 2025-09-30   8.2 2026-07-31`,
  tomcat: `
    6 2016-12-31   7 2021-03-31   8.0 2018-06-30   8.5 2024-03-31   9.0 2027-03-31   10.0 2022-10-31`,
};

/** Debian's own team hands over to Debian LTS, which keeps fewer packages, after these days. */
const DEBIAN_TEAM =
  "7 2016-04-25   8 2018-06-17   9 2020-07-18   10 2022-09-10   11 2024-08-14   12 2026-07-11   13 2028-08-09";

/** `long-term`: fixed by a smaller team, for fewer packages. */
export type SupportState = "supported" | "long-term" | "ended";

export interface Support {
  readonly product: string;
  /** As the product counts its releases: `20`, `3.12`. */
  readonly cycle: string;
  /** The last day: `2026-04-30`. */
  readonly ends: string;
  /** The last day of the ordinary team, where another one follows. */
  readonly handover: string | undefined;
  readonly state: SupportState;
}

/** What is known on the support of all that the tag names a version of, on a day like `2026-11-27`. */
export function supportOf({ contents }: KnownBase, today: string): readonly Support[] {
  return contents.flatMap((content) => supportOfContent(content, today) ?? []);
}

/** Undefined where the release is not known, or the version could still be one that is to come. */
export function supportOfContent({ product, version }: Content, today: string): Support | undefined {
  const cycles = cyclesOf(product);
  const cycle = cycles.has(version) ? version : (cycleOf(version, cycles) ?? lastOfSeries(version, cycles));
  const ends = cycle === undefined ? undefined : cycles.get(cycle);
  if (cycle === undefined || ends === undefined) return undefined;
  const handover = product === "debian" ? pairs(DEBIAN_TEAM).get(cycle) : undefined;
  const state = today > ends ? "ended" : handover !== undefined && today > handover ? "long-term" : "supported";
  return { product, cycle, ends, handover, state };
}

/** Whether the version is of a release that came after all those of which the last day is known, or a tag follows it there: `php:8`, `python`. */
export function isNewest({ product, version }: Content): boolean {
  const last = [...cyclesOf(product).keys()].at(-1);
  if (last === undefined || supportOfContent({ product, version }, KNOWN_ON) !== undefined) return false;
  const [parts, others] = [version, last].map((each) => each.split(".").map(Number)) as [number[], number[]];
  const at = parts.findIndex((part, index) => part !== others[index]);
  return parts.every(Number.isInteger) && (at < 0 || others[at] === undefined || parts[at]! > others[at]!);
}

/** All products and releases, for lists and tests. */
export function allCycles(): readonly Content[] {
  return Object.keys(LAST_DAYS).flatMap((product) =>
    [...cyclesOf(product).keys()].map((version) => ({ product, version })),
  );
}

const read = new Map<string, ReadonlyMap<string, string>>();

function cyclesOf(product: string): ReadonlyMap<string, string> {
  const known = read.get(product) ?? pairs(Object.hasOwn(LAST_DAYS, product) ? LAST_DAYS[product]! : "");
  read.set(product, known);
  return known;
}

function pairs(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/(\S+) (\d{4}-\d\d-\d\d)/g)].map(([, cycle, day]) => [cycle!, day!]));
}

/** The release that a longer version belongs to: 3.12 of `3.12.1`, 8 of `8u312`. */
function cycleOf(version: string, cycles: ReadonlyMap<string, string>): string | undefined {
  const fits = (cycle: string) => version.startsWith(cycle) && !/^\d/.test(version.slice(cycle.length));
  return [...cycles.keys()].filter(fits).sort((one, other) => other.length - one.length)[0];
}

/** The release that a shorter version stands for, where no other can come: `php:7` is 7.4 for good, since there is an 8. */
function lastOfSeries(version: string, cycles: ReadonlyMap<string, string>): string | undefined {
  if (!/^\d+$/.test(version)) return undefined;
  const majorOf = (cycle: string) => Number.parseInt(cycle, 10);
  const all = [...cycles.keys()];
  const isOver = all.some((cycle) => majorOf(cycle) > Number(version));
  return isOver ? all.findLast((cycle) => majorOf(cycle) === Number(version)) : undefined;
}
