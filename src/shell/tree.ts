/** unbash's syntax tree, and walks over it that know where a node stands. */
import { forEachChild, type ParsedScript, parse, type Statement, type SyntaxNode } from "unbash";

/** Where a node stands in its script. */
export interface Place {
  /** Runs in the script's own shell: not in `( )`, a pipeline, `$( )` or the background. */
  readonly mainShell: boolean;
  /** Runs whenever the script gets that far without a failure. */
  readonly unconditional: boolean;
  /** Inside a function's body. */
  readonly inFunction: boolean;
  /** Positions count in a decoded text of its own (escaped backquotes); the span is that of the part in the script. */
  readonly within: { readonly pos: number; readonly end: number } | undefined;
}

const TOP: Place = { mainShell: true, unconditional: true, inFunction: false, within: undefined };

const trees = new Map<string, ParsedScript>();

/** The tree of a script. The last few are kept, because each question about a script asks for it again. */
export function treeOf(text: string): ParsedScript {
  const known = trees.get(text);
  if (known) return known;
  if (trees.size >= 512) trees.clear();
  const tree = parseDeep(text);
  trees.set(text, tree);
  return tree;
}

/** Deeper than any script that a person wrote, and well within the stack of unbash, which recurses for each `$(` and `${`. */
const DEEPEST = 200;

function parseDeep(text: string): ParsedScript {
  if (nesting(text) <= DEEPEST) return parse(text);
  return { ...parse(""), errors: [{ message: "it is nested too deeply", pos: 0 }] };
}

/** At most how many brackets are open at once; quotes and patterns make it a guess from above. */
function nesting(text: string): number {
  let open = 0;
  let deepest = 0;
  for (const bracket of text.matchAll(/[(){}]/g)) {
    open += bracket[0] === "(" || bracket[0] === "{" ? 1 : -1;
    deepest = Math.max(deepest, open);
  }
  return deepest;
}

/** Visits every node, parents first, in the order of the text. */
export function walk(root: SyntaxNode, visit: (node: SyntaxNode, place: Place) => void): void {
  const step = (node: SyntaxNode, place: Place): void => {
    visit(node, place);
    let index = 0;
    let behindOr = false;
    forEachChild(node, (child) => {
      behindOr ||= node.type === "AndOr" && node.operators[index - 1] === "||";
      step(child, behindOr ? { ...place, unconditional: false } : placeOfChild(node, index, child, place));
      index += 1;
    });
  };
  step(root, TOP);
}

function placeOfChild(parent: SyntaxNode, index: number, child: SyntaxNode, place: Place): Place {
  switch (parent.type) {
    case "Subshell":
      return { ...place, mainShell: false };
    case "Statement":
      return parent.background ? { ...place, mainShell: false, unconditional: false } : place;
    case "Pipeline":
      return parent.commands.length > 1 ? { ...place, mainShell: false } : place;
    case "CommandExpansion":
    case "ProcessSubstitution":
    case "ArithmeticCommandExpansion": {
      const decoded = child.type === "Script" && child.source !== undefined;
      const within = decoded ? { pos: parent.pos, end: parent.end } : place.within;
      return { ...place, mainShell: false, within };
    }
    case "If":
    case "While":
      // Only the first condition always runs.
      return index === 0 ? place : { ...place, unconditional: false };
    case "Elif":
    case "For":
    case "Select":
    case "ArithmeticFor":
    case "CaseItem":
      return { ...place, unconditional: false };
    case "Function":
      return { ...place, unconditional: false, inFunction: true };
    case "Coproc":
      return { ...place, mainShell: false, unconditional: false };
    default:
      return place;
  }
}

/** Every statement list below `root`, itself included: what stands between `;`, newlines and `&`. */
export function lists(root: SyntaxNode): readonly (readonly Statement[])[] {
  const found: (readonly Statement[])[] = [];
  walk(root, (node) => {
    if (node.type === "Script" || node.type === "CompoundList") found.push(node.commands);
  });
  return found;
}

/** Whether a node of this kind is anywhere below `root`. */
export function has(root: SyntaxNode, test: (node: SyntaxNode, place: Place) => boolean): boolean {
  let found = false;
  walk(root, (node, place) => {
    if (!found && test(node, place)) found = true;
  });
  return found;
}
