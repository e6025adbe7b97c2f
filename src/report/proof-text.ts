/** `refit prove --format text`: a verdict for each file with what was compared, what differs, and figures of both images. */
import pc from "picocolors";
import type { Difference, Explained, Proof, ProofVerdict, TargetProof } from "../engine/types.ts";
import { bytesOf, count, grouped, secondsOf } from "./amounts.ts";
import { type Colours, paint } from "./colours.ts";
import { problemLines } from "./problem-lines.ts";
import { figures } from "./proof-figures.ts";
import { type Row, table } from "./rows.ts";
import type { ProofReporter, ProofTotals, Verbosity } from "./types.ts";

export interface ProofStyle {
  readonly verbosity: Verbosity;
  readonly colour: { readonly out: boolean; readonly err: boolean };
}

/** Verdicts on standard output, problems on standard error. */
export function textProofReporter({ verbosity, colour }: ProofStyle): ProofReporter {
  let separator = "";
  return {
    begin: () => ({}),
    file({ path, problems, proof }) {
      const err = problemLines({ path, problems }, verbosity, pc.createColors(colour.err));
      const text = proof ? proofText(proof, pc.createColors(colour.out), verbosity) : "";
      const out = text && separator + text;
      if (text) separator = "\n";
      return { out, err };
    },
    end: (totals) => (totals.files > 1 && verbosity !== "quiet" ? { err: summary(totals) } : {}),
  };
}

/** A proof as plain text, without colour. */
export function proofAsText(proof: Proof): string {
  return proofText(proof, pc.createColors(false), "normal");
}

/** Lines that hold a proof; when quiet, only of one that is not kept. */
export function proofText(proof: Proof, colours: Colours, verbosity: Verbosity): string {
  const { verdict, targets, engine, seconds } = proof;
  if (verbosity === "quiet" && verdict === "kept") return "";
  const lines = [headline(proof, colours)];
  if (targets.length === 0) return `${lines[0]}\n`;
  const shown = verbosity === "quiet" ? targets.filter((target) => target.verdict !== "kept") : targets;
  for (const target of shown) lines.push("", ...targetLines(target, colours, verbosity));
  if (verbosity !== "quiet") lines.push(...figures(proof), "", colours.dim(`  ${engine}, ${secondsOf(seconds)}`));
  return `${lines.join("\n")}\n`;
}

const marks: Readonly<Record<ProofVerdict, { mark: string; colour: "green" | "red" | "yellow" }>> = {
  kept: { mark: "✔", colour: "green" },
  broken: { mark: "✘", colour: "red" },
  undecided: { mark: "?", colour: "yellow" },
};

function headline({ path, verdict, promise, targets }: Proof, colours: Colours): string {
  const { mark, colour } = marks[verdict];
  // With --target the rest of the file was not built.
  const [only] = targets;
  const part = targets.length === 1 && only?.target !== undefined ? `, for target ${only.target} alone` : "";
  const said = targets.length === 0 ? "nothing changes, so there is nothing to prove" : `${promise} ${verdict}${part}`;
  return `${colours[colour](mark)} ${colours.bold(path)}: ${colours[colour](said)}`;
}

function targetLines(proof: TargetProof, colours: Colours, verbosity: Verbosity): string[] {
  const name = proof.target === undefined ? "default target" : `target ${proof.target}`;
  const { colour } = marks[proof.verdict];
  const title = `  ${colours.bold(name)}, ${proof.promise}: ${colours[colour](proof.verdict)}`;
  const rows = [
    ...verdictRows(proof, colours, verbosity),
    ...(verbosity === "quiet" ? [] : [...treeRows(proof, verbosity), ...runRows(proof)]),
  ];
  return [title, ...table(rows, 4)];
}

/** More would hide what the reader came for. */
const mostDifferences = 12;

function verdictRows({ reason, ...proof }: TargetProof, colours: Colours, verbosity: Verbosity): Row[] {
  const all = [...proof.differences, ...(proof.behaviour?.differences ?? []), ...(proof.trace?.differences ?? [])];
  const shown = verbosity === "verbose" ? all : all.slice(0, mostDifferences);
  const rows: Row[] = shown.map((difference) => ["differs", differenceLines(difference, colours)]);
  if (shown.length < all.length)
    rows.push(["", [`and ${grouped(all.length - shown.length)} more (--verbose tells them)`]]);
  return reason === undefined ? rows : [["undecided", [reason]], ...rows];
}

function differenceLines({ at, what, diff, transform }: Difference, colours: Colours): string[] {
  const blame = transform === undefined ? "" : `, by ${colours.yellow(transform)}`;
  const lines = diff === undefined ? [] : diff.trimEnd().split("\n");
  const painted = colours.isColorSupported ? paint(lines.join("\n")).split("\n") : lines;
  return [`${at}: ${what}${blame}`, ...painted.filter(Boolean).map((line) => `  ${line}`)];
}

function treeRows(proof: TargetProof, verbosity: Verbosity): Row[] {
  const { identical, paths, explained, added, unsteady } = proof;
  if (identical) return [["compared", ["both builds give one and the same image"]]];
  if (paths === 0) return [];
  const ruled = unsteady.filter(({ rule }) => rule !== undefined);
  const varying = new Map<string, string[]>();
  for (const { at, rule } of ruled) varying.set(rule!, [...(varying.get(rule!) ?? []), at]);
  const named = (at: readonly string[]) =>
    verbosity === "verbose" || at.length === 1 ? at.join(", ") : `${at[0]} and ${grouped(at.length - 1)} more`;
  return [
    ["compared", [`${count(paths, "path")} and the configuration`]],
    ["gone", explained.map(amounts)],
    ["more in", added.map(amounts)],
    ["varies", [...varying].map(([rule, at]) => `${rule}: ${named(at)}`)],
  ];
}

function amounts({ rule, paths, bytes }: Explained): string {
  return `${rule}: ${count(paths, "path")}${bytes > 0 ? `, ${bytesOf(bytes)}` : ""}`;
}

function runRows({ behaviour, trace }: TargetProof): Row[] {
  const kinds = { ends: "it runs and ends", serves: "it serves", runs: "it keeps running" };
  const rows: Row[] = [];
  if (behaviour) {
    const { kind, same, notCompared } = behaviour;
    const seen = same.length > 0 ? [`${kinds[kind]}, and this is the same`, ...same.map((what) => `  ${what}`)] : [];
    rows.push(["behaviour", [...seen, ...notCompared.map((why) => `not compared: ${why}`)]]);
  }
  if (trace) {
    const { files, differences, notTraced } = trace;
    const [are, were] = files === 1 ? ["is", "was"] : ["are", "were"];
    const same = differences.length === 0 ? `${are} there and the same` : `${were} looked for`;
    const traced = `${count(files, "file")} that the original opened ${same}`;
    rows.push(["traced", [notTraced === undefined ? traced : `not traced: ${notTraced}`]]);
  }
  return rows;
}

function summary({ files, kept, broken, undecided, problems }: ProofTotals): string {
  const parts = [`${kept} kept`, `${broken} broken`, `${undecided} undecided`];
  if (problems > 0) parts.push(`${problems} without a proof because of a problem`);
  return `${count(files, "file")}: ${parts.join(", ")}\n`;
}
