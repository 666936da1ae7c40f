import { quoted } from "../collector/processors/ottl";
import type { StatementGroup } from "../collector/processors/transform";

/** OTTL, as it is needed to mask: each function returns statements, each with its own condition. */

/** Attribute that names the rules that something was masked by: of a span, a point, a log record, a resource, a scope. */
export const redactedAttribute = "sightline.redacted";

/** Notes a rule once, after those that were noted before. */
export function noted(rule: string, marked: string, condition = "true"): string[] {
  const path = `${marked}.attributes["${redactedAttribute}"]`;
  const already = `IsMatch(${path}, ${quoted(`(?:^| )${rule}(?: |$)`)})`;
  return [
    `set(${path}, Concat([${path}, "${rule}"], " ")) where ${condition} and ${path} != nil and not ${already}`,
    `set(${path}, "${rule}") where ${condition} and ${path} == nil`,
  ];
}

/** What is replaced in one text. What changes it is a hit. */
export interface Replacement {
  readonly rule: string;
  readonly pattern: string;
  readonly mask: string;
}

/** Replaces in one text, and notes what did. */
export const replaced = (path: string, marked: string, replacement: Replacement, condition?: string): string[] => [
  `set(${marked}.cache["was"], ${path})`,
  `replace_pattern(${path}, ${quoted(replacement.pattern)}, ${quoted(replacement.mask)})${condition === undefined ? "" : ` where ${condition}`}`,
  ...noted(replacement.rule, marked, `${marked}.cache["was"] != ${path}`),
];

/** What is done where the redaction processor has left a summary, which goes. */
export const summarized = (holder: string, key: string, statements: readonly string[]): StatementGroup => ({
  conditions: [`${holder}.attributes["${key}"] != nil`],
  statements: [`delete_key(${holder}.attributes, "${key}")`, ...statements],
});
