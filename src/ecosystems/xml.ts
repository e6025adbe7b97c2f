/** XML as build tools write it: elements, attributes and text. */
import { parseXml, type XmlElement } from "@rgrove/parse-xml";

export interface Element {
  /** Without the prefix of its namespace. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Its own text and that of its children, without space around. */
  readonly text: string;
}

/** The root element, or undefined where `text` is not well formed. */
export function readXml(text: string): Element | undefined {
  try {
    const { root } = parseXml(text.replace(/^\uFEFF/, ""), { ignoreUndefinedEntities: true });
    return root ? elementOf(root) : undefined;
  } catch {
    return undefined;
  }
}

function elementOf(node: XmlElement): Element {
  return {
    name: node.name.slice(node.name.indexOf(":") + 1),
    attributes: node.attributes,
    children: node.children.flatMap((child) => (child.type === "element" ? [elementOf(child as XmlElement)] : [])),
    text: node.text.trim(),
  };
}

/** The text at `path` below `element`, the first of each name; undefined where there is none. */
export function textAt(element: Element | undefined, ...path: readonly string[]): string | undefined {
  return elementAt(element, ...path)?.text;
}

/** The first element at `path` below `element`. */
export function elementAt(element: Element | undefined, ...path: readonly string[]): Element | undefined {
  return path.reduce<Element | undefined>((at, name) => at?.children.find((child) => child.name === name), element);
}

/** `element` and all below it, in the order of the file. */
export function* walk(element: Element): Generator<Element> {
  yield element;
  for (const child of element.children) yield* walk(child);
}
