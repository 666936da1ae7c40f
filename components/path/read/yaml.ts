import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node as YamlNode,
  type Pair,
} from "yaml";
import type { Finding } from "./finding";
import type { Entry, Node, Place } from "./node";

/** The text of a file that a configuration includes; undefined where it cannot be read here. */
export type ReadFile = (path: string, from: string) => string | undefined;

/** A file as values with places. Without a value, the findings say why. */
export interface Read {
  readonly node?: Node;
  readonly findings: readonly Finding[];
}

/**
 * YAML as values that know their places, with references resolved as the Collector does: `${env:NAME:-default}` has its
 * default, `${file:…}` and `${yaml:…}` what they include, `$$` is a dollar. Whatever the environment decides is unknown:
 * this machine's environment is not the Collector's, and is not asked.
 * Source: https://pkg.go.dev/go.opentelemetry.io/collector/confmap (expand.go)
 */
export function readYaml(file: string, content: string, readFile: ReadFile, including: readonly string[] = []): Read {
  const lines = new LineCounter();
  const documents = parseAllDocuments(content, { lineCounter: lines, uniqueKeys: true, merge: true });
  const [document] = Array.isArray(documents) ? documents.filter(({ contents }) => contents !== null) : [];
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const broken = (Array.isArray(documents) ? documents : []).flatMap(({ errors }) =>
    errors
      // Where the parser has lost its way, every token that follows is one more error, and none of them a mistake.
      .filter((error) => error.code !== "UNEXPECTED_TOKEN" || error === errors.find(({ code }) => code === error.code))
      .map(({ pos, message }) =>
        yamlError(place(seen(content, pos[0])), message.split("\n")[0]!.replace(/ at line \d+.*$/, "")),
      ),
  );
  if (broken.length > 0) return { findings: broken };
  // An empty file is an empty map: one that is merged into others adds nothing.
  if (document === undefined) return { node: { is: "map", at: place(0), entries: new Map() }, findings: [] };
  const findings: Finding[] = [];
  const reader = new Reader(document, place, readFile, [...including, file], findings);
  return { node: reader.node(document.contents as YamlNode), findings };
}

/** The first thing that can be seen from there on: some errors point to the end of the line before. */
const seen = (content: string, offset: number): number => offset + /^\s*/.exec(content.slice(offset))![0].length;

const yamlError = (at: Place, reason: string): Finding => ({
  code: "yaml",
  severity: "error",
  at,
  path: "YAML",
  reason: `${reason.charAt(0).toLowerCase()}${reason.slice(1)}`,
  remedy: "fix the YAML; the rest of this file was not checked",
});

/** `${NAME:-default}` as a shell has it: what stands before the colon is taken for a scheme. */
const noScheme = (at: Place, raw: string, name: string, rest: string): Finding => ({
  code: "yaml",
  severity: "error",
  at,
  path: "YAML",
  value: raw,
  reason: `the Collector reads "${name}" as a scheme, as in file: and yaml:, and does not start`,
  remedy: `write \${env:${name}:${rest}}`,
});

const notHere = (at: Place, path: string): Finding => ({
  code: "include-not-read",
  severity: "note",
  at,
  path: "YAML",
  value: path,
  reason: "file not found, so its content was not checked",
  remedy: "put it next to the file that includes it",
});

class Reader {
  constructor(
    private readonly document: Document,
    private readonly place: (offset: number) => Place,
    private readonly readFile: ReadFile,
    private readonly including: readonly string[],
    private readonly findings: Finding[],
  ) {}

  node(written: YamlNode | null, at: Place = this.place(written?.range?.[0] ?? 0)): Node {
    if (isAlias(written)) return this.node(written.resolve(this.document) ?? null);
    if (isMap(written)) {
      const pairs = written.items.map((pair) => this.pair(pair));
      // What a map says itself wins over what it merges, wherever the merge key stands.
      const merged = pairs.flatMap(({ merges }) => merges ?? []);
      return { is: "map", at, entries: new Map([...merged, ...pairs.flatMap(({ own }) => own ?? [])]) };
    }
    if (isSeq(written)) return { is: "list", at, items: written.items.map((item) => this.node(item as YamlNode)) };
    const value = isScalar(written) ? written.value : null;
    if (typeof value === "string") return this.expanded(value, at);
    const known =
      typeof value === "number" || typeof value === "boolean" ? value : value === null ? null : String(value);
    return { is: "scalar", at, value: known };
  }

  private pair({ key, value }: Pair): { own?: [string, Entry][]; merges?: [string, Entry][] } {
    const at = this.place((key as YamlNode | null)?.range?.[0] ?? 0);
    const inside = value === null ? this.node(null, at) : this.node(value as YamlNode);
    if (!isScalar(key)) return { own: [[String(key), { at, value: inside }]] };
    if (key.value !== "<<" && typeof key.value !== "symbol")
      return { own: [[String(key.value), { at, value: inside }]] };
    const maps = inside.is === "list" ? [...inside.items].reverse() : [inside];
    return { merges: maps.flatMap((map) => (map.is === "map" ? [...map.entries] : [])) };
  }

  /** A text that is one reference takes the type of what it refers to; within other text it becomes text. */
  private expanded(raw: string, at: Place): Node {
    const whole = /^\$\{([^${}]+)\}$/.exec(raw);
    if (whole) return this.resolved(whole[1]!, raw, at);
    let isKnown = !/\$\{[^{}]*\$\{/.test(raw);
    const known = raw.replace(/\$\$|\$\{([^{}]*)\}/g, (reference, uri: string | undefined) => {
      if (uri === undefined) return "$";
      const inside = this.resolved(uri, reference, at);
      if (inside.is === "scalar") return String(inside.value ?? "");
      isKnown = false;
      return reference;
    });
    return isKnown ? { is: "scalar", at, value: known } : { is: "unknown", at, text: known };
  }

  private resolved(uri: string, raw: string, at: Place): Node {
    const unknown: Node = { is: "unknown", at, text: raw };
    const [, scheme = "env", opaque = uri] = /^([A-Za-z][A-Za-z0-9+.-]+):([^]*)$/.exec(uri) ?? [];
    switch (scheme) {
      case "env": {
        const fallback = opaque.indexOf(":-");
        return fallback < 0 ? unknown : this.inline(opaque.slice(fallback + 2), at);
      }
      case "yaml":
        return this.inline(opaque, at);
      case "file":
        return this.included(opaque, at) ?? unknown;
      case "http":
      case "https":
        return unknown;
      default:
        if (/^-/.test(opaque)) this.findings.push(noScheme(at, raw, scheme, opaque));
        return unknown;
    }
  }

  /** YAML within a reference stands where the reference does. */
  private inline(written: string, at: Place): Node {
    const [document] = parseAllDocuments(written);
    if (document === undefined || document.errors.length > 0) return { is: "scalar", at, value: written };
    return new Reader(document, () => at, this.readFile, this.including, this.findings).node(document.contents, at);
  }

  private included(path: string, at: Place): Node | undefined {
    if (this.including.includes(path)) {
      this.findings.push({
        code: "yaml",
        severity: "error",
        at,
        path: "YAML",
        value: path,
        reason: "the file includes itself",
        remedy: "remove the reference",
      });
      return undefined;
    }
    const content = this.readFile(path, at.file);
    if (content === undefined) {
      // An absolute path is one of the machine that the Collector runs on.
      if (!path.startsWith("/")) this.findings.push(notHere(at, path));
      return undefined;
    }
    const { node, findings } = readYaml(path, content, this.readFile, this.including);
    this.findings.push(...findings);
    return node;
  }
}
