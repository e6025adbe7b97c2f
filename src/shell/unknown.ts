/** Scripts that refit does not claim to understand. */
import type { SyntaxNode } from "unbash";
import { treeOf, walk } from "./tree.ts";
import type { Dialect } from "./types.ts";

/** Why nothing is known about `text`, or undefined where its tree can be trusted. */
export function whyUnknown(text: string, dialect: Dialect): string | undefined {
  if (dialect === "windows") return "it is read by a Windows shell";
  if (dialect === "unknown") return "it is read by a shell that refit does not know";
  if (text.includes("\0")) return "it holds a NUL character";
  if (/(^|[^\\])(\\\\)*\\$/.test(text)) return "it ends in a backslash";
  const tree = treeOf(text);
  let reason: string | undefined;
  let end = tree.commands.at(-1)?.end ?? 0;
  walk(tree, (node, { within }) => {
    // A heredoc's body stands behind the statement that it belongs to.
    if (node.type === "HereDoc" && !within) end = Math.max(end, node.closing?.end ?? node.body.end);
    reason ??= node.type === "Script" ? node.errors?.[0]?.message : readDifferently(node, dialect);
  });
  // The tolerant parser stops in silence at what it can't read.
  const rest = text.slice(end);
  reason ??= /^[\s;]*(#.*\s*)*$/.test(rest) ? undefined : `\`${rest.trim().slice(0, 20)}\` is not understood`;
  return reason;
}

/** Syntax that bash reads one way and dash or ash another, without an error from either. */
function readDifferently(node: SyntaxNode, dialect: Dialect): string | undefined {
  if (node.type === "CommandExpansion" && /^\$\{/.test(node.text))
    return "`${ …; }` is read differently from shell to shell";
  if (dialect === "bash") return undefined;
  const what = bashOnly(node);
  return what && `${what} is read differently by bash and other shells`;
}

function bashOnly(node: SyntaxNode): string | undefined {
  switch (node.type) {
    case "Redirect":
      // `a &> f` is `a &` followed by `> f` in dash.
      if (node.operator.startsWith("&>")) return `\`${node.operator}\``;
      return node.descriptor?.type === "FileDescriptorVariable" ? "`{…}>`" : undefined;
    case "AnsiCQuoted":
      return node.text.includes("\\'") ? "`$'…\\'…'`" : undefined;
    case "TestCommand":
      return "`[[`";
    case "ArithmeticCommand":
      return "`((`";
    case "Coproc":
      return "`coproc`";
    case "Select":
      return "`select`";
    default:
      return undefined;
  }
}
