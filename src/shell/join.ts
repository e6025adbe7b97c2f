/** Makes one script out of several that ran one after the other, each in a shell and a container of its own. */
import type { Span } from "../text/index.ts";
import { NOWHERE } from "./escapes.ts";
import { canPrecedeAnd, endOf, isPrivate, type Member, memberOf } from "./member.ts";
import { RememberedPrograms } from "./remembered.ts";
import { failsLoudly, ignoresOption, literalSet, readsFileUnderErrexit, selfAwareness } from "./traits.ts";
import { treeOf } from "./tree.ts";
import type { Escape, Script, Setting } from "./types.ts";

/** One of the scripts in its place in the joined one. */
export interface Part {
  readonly script: Script;
  /** What is kept of the script's text: final `;` left out, and a `set -e` that is in force already. */
  readonly span: Span;
  /** Goes before the character at `openAt`: `( `, `{ ` or nothing. */
  readonly open: string;
  /** Behind a `set -e` at the start, which stays outside. */
  readonly openAt: number;
  /** Goes behind `span`. */
  readonly close: string;
  /** The shell comment that ends the script; what follows must not stand behind it. */
  readonly comment: Span | undefined;
  /** `hash -r` runs before: this part would find a program in the place where an earlier one was. */
  readonly refreshed: boolean;
  /** Why it stands in parentheses. */
  readonly isolated: Escape | undefined;
}

export interface Join {
  readonly parts: readonly Part[];
  /** `&&` for a chain; `;` where `set -e` is on, which `&&` would switch off for all but the last part. */
  readonly separator: "&&" | ";";
}

/** Why a script can't be joined to those before it. */
export interface Blocked {
  /** A stable word for counting. */
  readonly code: string;
  readonly reason: string;
  /** In the file, where one thing is to blame. */
  readonly because?: Span;
}

/** What the kernel takes as one argument is 131,072 bytes; a part of it is for what the shell adds. */
const LONGEST = 100_000;

/**
 * Collects scripts for as long as they join. Each step asks whether one more fits; `plan` then says how they are written down.
 * All of them start in the same `setting`.
 */
export class Joint {
  readonly #setting: Setting;
  readonly #members: Member[] = [];
  #length = 0;
  /** Every script but the last can stand left of `&&`. */
  #chain = true;
  /** Every script but the last can stand before `;` under `set -e`. */
  #sequence = true;
  /** Options that the `set -e` statements at the start of scripts leave on. */
  readonly #inForce = new Set<string>();

  constructor(first: Script, setting: Setting = NOWHERE) {
    this.#setting = setting;
    const member = memberOf(first, setting);
    this.#sequence = first.options.errexit || (member.prelude?.apart === true && member.prelude.options.has("errexit"));
    this.#push(member);
  }

  /** Takes one more script, or says why it must stay apart; it is not taken then. */
  add(script: Script): Blocked | undefined {
    const left = this.#members.at(-1) as Member;
    const right = memberOf(script, this.#setting);
    const blocked = this.#whyNot(left, right);
    if (blocked) return blocked;
    const chain = this.#chain && canPrecedeAnd(left.script);
    const sequence = this.#sequence && this.#fitsUnderOptions(right);
    if (!chain && !sequence) {
      const inFile = readsFileUnderErrexit(left.script);
      if (inFile)
        return {
          code: "errexit-in-file",
          reason: "what it reads into the shell may hold `set -e`, which `&&` switches off",
        };
      return {
        code: "errexit",
        reason: "`set -e` has no effect to the left of `&&`, and the other step does not have it",
      };
    }
    this.#chain = chain;
    this.#sequence = sequence;
    this.#push(right);
    return undefined;
  }

  plan(): Join {
    const [first] = this.#members;
    const startsWithErrexit = first?.prelude?.apart === true && first.prelude.options.has("errexit");
    const separator = this.#sequence && (startsWithErrexit || !this.#chain) ? ";" : "&&";
    const programs = new RememberedPrograms();
    const parts = this.#members.map((member, at) => {
      const isolated = this.#leak(at, separator);
      const stale = programs.staleIn(member.script);
      if (stale !== undefined) programs.forget();
      programs.add(member.script, isolated !== undefined);
      return partOf(
        member,
        at,
        at === this.#members.length - 1,
        separator,
        isolated,
        stale !== undefined,
        this.#members[0],
      );
    });
    return { parts, separator };
  }

  #push(member: Member): void {
    this.#members.push(member);
    this.#length += Buffer.byteLength(member.script.source.text) + 24;
    if (member.prelude?.apart) for (const option of member.prelude.options) this.#inForce.add(option);
  }

  #whyNot(left: Member, right: Member): Blocked | undefined {
    for (const { script } of [left, right]) {
      if (script.unknown !== undefined)
        return { code: unreadCode(script), reason: `the script can't be followed: ${script.unknown}` };
      if (script.commands.length === 0) return { code: "no-commands", reason: "the script has no commands" };
      const aware = selfAwareness(script);
      if (aware !== undefined) return { code: "self-aware", reason: aware };
      const comment = commentOf(script);
      if (comment && lengthOf(script.source.toSourceSpan(comment)) !== lengthOf(comment))
        return { code: "shell-comment", reason: "the comment that ends the script goes over several lines" };
    }
    if (this.#setting.env.has("BASH_ENV") && left.script.dialect === "bash") {
      return { code: "bash-env", reason: "BASH_ENV names a file that every shell reads when it starts" };
    }
    const held = left.escapes.find((each) => !each.isolable);
    if (held) {
      const because = left.script.source.toSourceSpan(held.span);
      return { code: `escapes-${held.kind}`, reason: held.what, because };
    }
    if (this.#length + Buffer.byteLength(right.script.source.text) > LONGEST) {
      return { code: "too-long", reason: "the joined script would be longer than the kernel takes as one argument" };
    }
    return undefined;
  }

  /** Whether `member` runs the same with the options that are on by now. */
  #fitsUnderOptions(member: Member): boolean {
    const own = member.prelude?.apart ? member.prelude.options : undefined;
    return [...this.#inForce].every(
      (option) => own?.has(option) || ignoresOption(member.script, option, this.#setting),
    );
  }

  /** What of part `at` a later part would notice; undefined for the last one. */
  #leak(at: number, separator: "&&" | ";"): Escape | undefined {
    const member = this.#members[at] as Member;
    const later = this.#members.slice(at + 1);
    if (later.length === 0) return undefined;
    if (separator === ";" && !failsLoudly(treeOf(member.script.source.text).commands.at(-1))) {
      return { kind: "errexit", what: "`set -e` would pass over its failure", span: member.body, isolable: true };
    }
    return member.escapes.find((each) => {
      if (each.kind === "variable") return !isPrivate(each, member.script, later, this.#setting);
      if (each.kind !== "errexit" && each.kind !== "option") return true;
      const prelude = separator === ";" && member.prelude?.apart && each.span.start === member.body.start;
      return !prelude && !this.#isHarmless(member, each, later);
    });
  }

  /** Whether the options that `change` sets make no difference to any of `later`. */
  #isHarmless(member: Member, change: Escape, later: readonly Member[]): boolean {
    const command = member.script.commands.find((each) => each.span.start === change.span.start);
    const changed = command && literalSet(command);
    if (!changed || changed.unset.some((option) => option !== "xtrace" && option !== "verbose")) return false;
    return changed.set.every(
      (option) =>
        isOn(member.script, option) ||
        later.every((each) => each.prelude?.options.has(option) || ignoresOption(each.script, option, this.#setting)),
    );
  }
}

/** All of `scripts` in one, or why two neighbours can't be joined. */
export function joinScripts(scripts: readonly [Script, ...Script[]], setting: Setting = NOWHERE): Join | Blocked {
  const [first, ...rest] = scripts;
  const joint = new Joint(first, setting);
  for (const script of rest) {
    const blocked = joint.add(script);
    if (blocked) return blocked;
  }
  return joint.plan();
}

/** The joined script on one line. */
export function joinedText(join: Join): string {
  return join.parts
    .map((part) => {
      const { text } = part.script.source;
      const inner =
        text.slice(part.span.start, part.openAt) + part.open + text.slice(part.openAt, part.span.end) + part.close;
      return part.refreshed ? `hash -r${join.separator === ";" ? ";" : " &&"} ${inner}` : inner;
    })
    .join(join.separator === ";" ? "; " : " && ");
}

function unreadCode({ dialect }: Script): string {
  return dialect === "windows" || dialect === "unknown" ? `${dialect}-shell` : "unknown-script";
}

function commentOf(script: Script): Span | undefined {
  const { text } = script.source;
  const end = endOf(script);
  const comment = /#[^\n]*$/.exec(text.slice(end));
  return comment ? { start: end + comment.index, end: text.length } : undefined;
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}

function isOn(script: Script, option: string): boolean {
  return (script.options as unknown as Readonly<Record<string, boolean>>)[option] === true;
}

function partOf(
  member: Member,
  at: number,
  last: boolean,
  separator: "&&" | ";",
  isolated: Escape | undefined,
  refreshed: boolean,
  first: Member | undefined,
): Part {
  const { script, body } = member;
  const apart =
    separator === ";" && member.prelude?.apart === true && member.prelude.next < body.end ? member.prelude : undefined;
  // What the first script has switched on stays on.
  const said =
    at > 0 && apart !== undefined && [...apart.options].every((option) => first?.prelude?.options.has(option));
  const span = said ? { start: apart.next, end: body.end } : body;
  const openAt = apart && at === 0 ? apart.next : span.start;
  const common = { script, span, openAt, comment: commentOf(script), refreshed, isolated };
  if (isolated) return { ...common, open: "( ", close: " )" };
  const alternative = member.operators.includes("||") && at > 0;
  if (separator === "&&" && (member.several || alternative)) {
    const background = script.source.text[body.end - 1] === "&";
    return { ...common, open: "{ ", close: background && last ? " }" : "; }" };
  }
  return { ...common, open: "", close: "" };
}
