import { isIP } from "node:net";
import type { Problem } from "../../core/problems";

/** A setting as a file may hold it, whatever the types say. */
export type Loose = Readonly<Record<string, unknown>>;

/** Fields of a setting, of which there are none where it has no fields. */
export const loose = (value: unknown): Loose =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Loose) : {};

export const isHostName = (host: string): boolean =>
  host.length <= 253 && host.split(".").every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));

export function isRange(range: unknown): boolean {
  const [address = "", prefix = "", ...rest] = String(range).split("/");
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return rest.length === 0 && /^\d+$/.test(prefix) && Number(prefix) <= bits;
}

export const text = (path: string, value: unknown, reason: string, remedy: string): Problem[] =>
  typeof value === "string" && value.trim() !== "" ? [] : [found(path, value, reason, remedy)];

export const webAddress = (path: string, value: unknown): Problem[] =>
  typeof value === "string" && /^https?:\/\/[^/]/.test(value)
    ? []
    : [found(path, value, "not a web address", "write it in full, starting with https://")];

/** Labels of a namespace. None at all would be those of every one. */
export const labels = (path: string, value: unknown): Problem[] =>
  Object.keys(loose(value)).length > 0
    ? strings(path, value)
    : [found(path, value, "names no namespace", "write labels, as kubernetes.io/metadata.name: ingress-nginx")];

export const strings = (path: string, value: unknown): Problem[] =>
  loose(value) === value
    ? Object.entries(value)
        .filter(([, text]) => typeof text !== "string")
        .map(([key, text]) => found(`${path}.${key}`, text, "not a string", "put it in quotes"))
    : [found(path, value, "not a map of strings", "write one per line, as name: text")];

export const found = (path: string, value: unknown, reason: string, remedy: string): Problem => ({
  path,
  ...(value !== undefined && { value }),
  reason,
  remedy,
});

/** Fields that nobody reads. A misspelt restriction would restrict nothing. */
export const unknownFields = (value: Loose, known: readonly string[]): Problem[] =>
  Object.keys(value)
    .filter((field) => !known.includes(field))
    .map((path) => ({ path, reason: "unknown setting", remedy: `write one of ${known.join(", ")}` }));

export const flag = (path: string, value: unknown): Problem[] =>
  typeof value === "boolean" ? [] : [found(path, value, "neither true nor false", "write true without quotes")];
