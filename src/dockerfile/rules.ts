/** What BuildKit refuses in an instruction. frontend/dockerfile/instructions/parse.go, and the line parsers of the parser. */
import type { Span } from "../text/index.ts";
import type { Command } from "./command.ts";
import { csvFields } from "./csv.ts";
import { isDuration } from "./duration.ts";
import { flagType } from "./flags.ts";
import { skipSpace, splitBlanks, trimmedEnd, wordEnd } from "./go-text.ts";
import { openerOf } from "./heredocs.ts";
import type { Flag, Keyword, Problem } from "./types.ts";
import { splitQuoted } from "./words.ts";

/** Problems of one instruction. */
export function check(command: Command): Problem[] {
  const found: Problem[] = [];
  const { keyword } = command;
  if (!keyword) {
    refuse(found, command.keywordSpan, `unknown instruction ${shown(command.name)}`);
    return found;
  }
  checkParsing(command, found);
  if (command.trigger) checkParsing(command.trigger, found);
  if (found.length === 0) checkInstruction(command, keyword, found);
  checkDrift(command, found);
  return found;
}

/** What the parser refuses, before any instruction is looked at: behind ONBUILD too. */
function checkParsing({ keyword, args, json, keywordSpan, escape: escapeChar }: Command, found: Problem[]): void {
  if (json.kind === "other" && !json.trailing) refuse(found, spanOf(args), "a JSON array must hold strings only");
  if (keyword !== "ENV" && keyword !== "LABEL") return;
  const [first, ...more] = splitQuoted(args.text, escapeChar);
  if (!first) return;
  if (!first.text.includes("=")) {
    if (!/[\t\v\f\r ]/.test(args.text)) refuse(found, keywordSpan, `${keyword} needs a name and a value`);
    return;
  }
  const bare = more.find((word) => !word.text.includes("="));
  if (bare) refuse(found, args.toSourceSpan(bare), `${keyword} has no = in ${shown(bare.text)}`);
}

function checkInstruction(command: Command, keyword: Keyword, found: Problem[]): void {
  const { args, json, keywordSpan } = command;
  const fail = (message: string, span: Span = keywordSpan) => refuse(found, span, message);
  const words = () =>
    json.kind === "strings" ? json.strings.map(({ value }) => value) : splitBlanks(args.text).map((w) => w.text);

  switch (keyword) {
    case "FROM":
      checkFrom(command, fail);
      break;
    case "COPY":
    case "ADD": {
      const paths = words();
      const destination = paths.at(-1) ?? "";
      if (paths.length < 2) fail(`${keyword} needs a source and a destination`);
      else if (openerOf({ text: destination, start: 0, end: 0 }))
        fail(`${keyword} can't take a heredoc for its destination`);
      break;
    }
    case "ENV":
    case "LABEL":
    case "ARG": {
      const pairs = splitQuoted(args.text, command.escape);
      if (pairs.length === 0) fail(`${keyword} needs an argument`);
      const isSpaceForm = keyword !== "ARG" && !pairs[0]?.text.includes("=");
      const blank = isSpaceForm ? undefined : pairs.find((word) => word.text.startsWith("="));
      if (blank) fail(`${keyword} has a blank name`, args.toSourceSpan(blank));
      break;
    }
    case "EXPOSE":
      if (args.text === "") fail("EXPOSE needs an argument");
      break;
    case "VOLUME":
      if (words().length === 0) fail("VOLUME needs an argument");
      else if (words().some((word) => skipSpace(word, 0) === word.length))
        fail("VOLUME can't be an empty string", spanOf(args));
      break;
    case "MAINTAINER":
    case "STOPSIGNAL":
    case "USER":
    case "WORKDIR":
      if (args.text === "") fail(`${keyword} needs one argument`);
      break;
    case "SHELL":
      if (json.kind !== "strings") fail("SHELL needs a JSON array");
      else if (json.strings.length === 0) fail("SHELL needs an argument");
      break;
    case "HEALTHCHECK":
      checkHealthcheck(command, fail);
      return;
    case "ONBUILD":
      checkOnbuild(command, fail);
      break;
    case "RUN":
    case "CMD":
    case "ENTRYPOINT":
      break;
  }
  if (keyword !== "ARG" && keyword !== "STOPSIGNAL") checkFlags(command, keyword, fail);
}

type Fail = (message: string, span?: Span) => void;

function checkFrom({ args }: Command, fail: Fail): void {
  const words = splitBlanks(args.text);
  const [, as, alias] = words;
  if (words.length === 3 && as && alias && /^as$/iu.test(as.text)) {
    if (!/^[a-z][a-z0-9-_.]*$/.test(alias.text.toLowerCase())) {
      fail(`${shown(alias.text)} is no name for a stage`, args.toSourceSpan(alias));
    }
  } else if (words.length !== 1) {
    fail("FROM needs an image, or an image, AS and a name", words.length > 0 ? spanOf(args) : undefined);
  }
}

function checkOnbuild({ trigger }: Command, fail: Fail): void {
  if (!trigger) fail("ONBUILD needs an instruction");
  else {
    const name = trigger.name.slice(0, trimmedEnd(trigger.name)).toUpperCase();
    if (["FROM", "MAINTAINER", "ONBUILD"].includes(name))
      fail(`${name} can't stand behind ONBUILD`, trigger.keywordSpan);
  }
}

function checkHealthcheck(command: Command, fail: Fail): void {
  const { args, json } = command;
  const type = { text: args.text.slice(0, wordEnd(args.text, 0)), start: 0, end: wordEnd(args.text, 0) };
  const rest = args.text.slice(type.end);
  if (type.text === "") {
    fail("HEALTHCHECK needs CMD or NONE");
  } else if (type.text.toUpperCase() === "NONE") {
    if (rest !== "" && !(json.kind === "strings" && json.strings.length === 0))
      fail("HEALTHCHECK NONE takes no arguments");
  } else if (type.text.toUpperCase() !== "CMD") {
    fail(`HEALTHCHECK can't be ${shown(type.text)}: only CMD or NONE`, args.toSourceSpan(type));
  } else if (rest === "" || (json.kind === "strings" && json.strings.length === 0)) {
    fail("HEALTHCHECK CMD needs a command");
  } else {
    checkFlags(command, "HEALTHCHECK", fail);
  }
}

function checkFlags({ flags }: Command, keyword: Keyword, fail: Fail): void {
  const used = new Set<string>();
  for (const flag of flags) {
    const wrong = wrongFlag(flag, keyword, used);
    if (wrong) {
      fail(wrong, flag.span);
      return;
    }
    used.add(flag.name);
  }
}

function wrongFlag({ name, value }: Flag, keyword: Keyword, used: ReadonlySet<string>): string | undefined {
  const type = flagType(keyword, name);
  if (!type) return `${keyword} has no flag --${name}`;
  if (type !== "many" && used.has(name)) return `--${name} is given twice`;
  if (type === "switch") {
    const isSwitch = value === undefined || /^(true|false)$/i.test(value);
    return isSwitch ? undefined : `--${name} is true or false, not ${shown(value)}`;
  }
  if (value === undefined) return `--${name} needs a value`;
  if (keyword === "RUN") return wrongRunFlag(name, value);
  return keyword === "HEALTHCHECK" && value !== "" ? wrongHealthFlag(name, value) : undefined;
}

function wrongHealthFlag(name: string, value: string): string | undefined {
  if (name !== "retries") return isDuration(value) ? undefined : `--${name}=${value} is no duration of at least 1ms`;
  const isCount = /^[+-]?\d+$/.test(value) && Number(value) >= 0 && Number(value) <= 0x7fffffff;
  return isCount ? undefined : `--retries=${value} is no count`;
}

function wrongRunFlag(name: string, value: string): string | undefined {
  const allowed = name === "network" ? ["default", "none", "host"] : name === "security" ? ["insecure", "sandbox"] : [];
  if (allowed.length > 0 && !allowed.includes(value))
    return `--${name} is one of ${allowed.join(", ")}, not ${shown(value)}`;
  if (name !== "mount") return undefined;
  const fields = csvFields(value);
  if (!fields) return `--mount=${shown(value)} is no comma-separated list`;
  const hasVariable = fields.some(({ text }) => /^from=.*\$./is.test(text));
  return hasVariable ? "--mount takes no variable in from: name a stage for it" : undefined;
}

/** Where BuildKit's own versions part ways. */
function checkDrift({ json, flags, args, trigger, escape: escapeChar }: Command, found: Problem[]): void {
  const drift = (message: string, span: Span) => found.push({ code: "drift", message, span });
  if (json.kind !== "none" && json.trailing) {
    drift(
      "older versions of BuildKit ignore the text behind this JSON array, newer ones take it all for shell form",
      spanOf(args),
    );
  }
  for (const { span, text } of flags) {
    if (/[^\0-\x7f]/.test(text.text)) drift("BuildKit garbles characters outside ASCII in flags", span);
    else if (escapeChar === "`" && /[\\`]/.test(text.text))
      drift("versions of BuildKit unescape this flag differently", span);
  }
  if (trigger) checkDrift(trigger, found);
}

function refuse(found: Problem[], span: Span, message: string): void {
  found.push({ code: "syntax", message, span });
}

function spanOf(args: Command["args"]): Span {
  return args.toSourceSpan({ start: 0, end: args.text.length });
}

/** A piece of the file in a message: on one line, and not too long. */
function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
