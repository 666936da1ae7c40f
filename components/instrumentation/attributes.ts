/** Resource attributes, as `OTEL_RESOURCE_ATTRIBUTES` holds them. */
export type Attributes = readonly (readonly [key: string, value: string])[];

/**
 * `key=value` joined by commas. What separates is encoded in values, and so is what a kubelet would take for a variable.
 *
 * Source: OpenTelemetry resource SDK, "Specifying resource information via an environment variable".
 */
export const attributesText = (attributes: Attributes): string =>
  attributes.map(([key, value]) => `${key}=${encode(value)}`).join(",");

const encode = (value: string): string =>
  value
    // References to variables are the one thing that stays as it is.
    .split(/(\$\(OTEL_RESOURCE_ATTRIBUTES_\w+\))/)
    .map((part, i) => (i % 2 === 1 ? part : encodeURIComponent(part).replaceAll(/%(2F|3A|40)/g, decodeURIComponent)))
    .join("");

/** Names and encoded values in a text; undefined where an SDK would take none of it, since a part of it is no pair. */
export function readAttributes(text: string): Attributes | undefined {
  const pairs = text.split(",").filter((pair) => pair.trim() !== "");
  if (!pairs.every((pair) => /^\s*[^=\s]+\s*=/.test(pair))) return undefined;
  return pairs.map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });
}
