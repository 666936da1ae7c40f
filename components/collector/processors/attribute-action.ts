import type { Config } from "../../core/config";
import { literal, literals } from "../literal";

export type AttributeValue = string | number | boolean;

/**
 * One change of an attribute. `insert` sets a missing one, `update` an existing one, `upsert` both; they take the value
 * given, that of another attribute, or that of the request (`fromContext: "metadata.x-tenant"`).
 *
 * Source: internal/coreinternal/attraction of the Collector's contrib repository.
 */
export type AttributeAction =
  | ({ readonly key: string; readonly action: "insert" | "update" | "upsert" } & AttributeSource)
  | { readonly key: string; readonly action: "delete" | "hash" }
  /** All whose whole name, or a part of it, the pattern matches. */
  | { readonly pattern: string; readonly action: "delete" }
  /** Each named group of the pattern becomes an attribute. */
  | { readonly key: string; readonly action: "extract"; readonly pattern: string }
  | { readonly key: string; readonly action: "convert"; readonly to: "int" | "double" | "string" };

export type AttributeSource =
  | { readonly value: AttributeValue }
  | { readonly fromAttribute: string }
  | { readonly fromContext: string }
  /** A variable of the Collector's own environment. */
  | { readonly fromVariable: string };

/** An action as the resource and the attributes processor read it. */
export function renderAction(wanted: AttributeAction): Config {
  if (!("key" in wanted)) return { pattern: literal(wanted.pattern), action: wanted.action };
  const { key, action } = wanted;
  if ("pattern" in wanted) return { key, action, pattern: literal(wanted.pattern) };
  if ("to" in wanted) return { key, action, converted_type: wanted.to };
  if ("fromAttribute" in wanted) return { key, action, from_attribute: wanted.fromAttribute };
  if ("fromContext" in wanted) return { key, action, from_context: wanted.fromContext };
  if ("fromVariable" in wanted) return { key, action, value: `\${env:${wanted.fromVariable}}` };
  if ("value" in wanted) return { key, action, value: literals(wanted.value) };
  return { key, action };
}
