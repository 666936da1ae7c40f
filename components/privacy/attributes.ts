import { deepest, quoted } from "../collector/processors/ottl";
import type { StatementGroup } from "../collector/processors/transform";
import type { Form } from "./form";
import { noted, summarized } from "./statements";

/** What the redaction processor writes beside attributes in which it found something. */
export const summaries = {
  /** Values that {@link suspects} saw something in. */
  suspected: "redaction.allowed.count",
  /** Values it has masked for the names of their attributes. */
  masked: "redaction.masked.count",
  /** Values it passed by. */
  kept: "redaction.ignored.count",
} as const;

/** What has attributes, and what is marked for it. */
export interface Holder {
  readonly holder: string;
  readonly marked: string;
}

/**
 * Masks forms in attributes that something was seen in, and notes which. Lists, maps and numbers stay what they are
 * unless there is something in them: then they become texts, each list and map in attributes of its own.
 */
export function attributes(
  { holder, marked }: Holder,
  forms: readonly Form[],
  keep: readonly string[],
): StatementGroup[] {
  const all = `${holder}.attributes`;
  const at = (key: string): string => `${all}["${key}"]`;
  const cache = (key: string): string => `${holder}.cache["${key}"]`;
  const found = (pattern: string): string => `IsMatch(${cache("text")}, ${quoted(pattern)})`;
  const replaceAll = ({ pattern, mask }: Form): string =>
    `replace_all_patterns(${all}, "value", ${quoted(pattern)}, ${quoted(mask)})`;
  return [
    ...(keep.length === 0 ? [] : [summarized(holder, summaries.kept, [])]),
    summarized(holder, summaries.masked, noted("credentials", marked)),
    summarized(holder, summaries.suspected, [
      ...keep.flatMap((key, n) => [`set(${cache(`kept ${n}`)}, ${at(key)})`, `delete_key(${all}, "${key}")`]),
      `set(${cache("text")}, ToKeyValueString(${all}))`,
      ...forms.flatMap((form) => [...noted(form.rule, marked, found(form.pattern)), replaceAll(form)]),
      // What is still there is in a list, a map or a number.
      `set(${cache("text")}, ToKeyValueString(${all}))`,
      `set(${cache("rest")}, ${found(forms.map(({ pattern }) => `(?:${pattern})`).join("|"))})`,
      ...[`flatten(${all}, depth=${deepest})`, `stringify_all(${all})`, ...forms.map(replaceAll)].map(
        (statement) => `${statement} where ${cache("rest")} == true`,
      ),
      ...keep.map((key, n) => `set(${at(key)}, ${cache(`kept ${n}`)}) where ${cache(`kept ${n}`)} != nil`),
    ]),
  ];
}
