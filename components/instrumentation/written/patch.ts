import { isAlias, isMap, isSeq, type Document, type Node } from "yaml";

type Plain = Readonly<Record<string, unknown>>;

/**
 * Makes a place of a YAML document say what it is to say, and touches nothing else: nodes whose value stays are kept, with
 * their comments, order and notation.
 *
 * @param before what the place says, as it was read
 */
export function patch(document: Document, path: readonly (string | number)[], before: unknown, after: unknown): void {
  const node = document.getIn(path, true) as Node | undefined;
  const next = patched(document, node, before, after);
  if (next === node) return;
  if (path.length === 0) document.contents = next as typeof document.contents;
  else document.setIn(path, next);
}

function patched(document: Document, node: Node | undefined, before: unknown, after: unknown): Node {
  if (before === after && node !== undefined) return node;
  // What an alias stands for is somebody else's too.
  if (node === undefined || isAlias(node)) return document.createNode(after, { aliasDuplicateObjects: false });
  if (isSeq(node) && Array.isArray(before) && Array.isArray(after)) {
    node.items = after.map((item) => {
      const at = twin(item, before, after);
      return patched(document, at < 0 ? undefined : (node.items[at] as Node), before[at], item);
    });
    return node;
  }
  if (isMap(node) && isPlain(before) && isPlain(after)) {
    for (const [key, value] of Object.entries(after)) {
      if (before[key] === value) continue;
      node.set(key, patched(document, node.get(key, true) as Node | undefined, before[key], value));
    }
    return node;
  }
  return document.createNode(after, { aliasDuplicateObjects: false });
}

/** Where an item was before: as it is, or, changed, under the same name. */
function twin(item: unknown, before: readonly unknown[], after: readonly unknown[]): number {
  const at = before.indexOf(item);
  if (at >= 0 || !isPlain(item)) return at;
  return before.findIndex((other) => isPlain(other) && other["name"] === item["name"] && !after.includes(other));
}

const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);
