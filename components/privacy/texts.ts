import { quoted } from "../collector/processors/ottl";
import type { StatementGroup } from "../collector/processors/transform";
import type { Form } from "./form";
import { replaced } from "./statements";

/** Masks forms in one text, and notes which. */
export const text = (path: string, marked: string, forms: readonly Form[], gate?: string): StatementGroup => {
  const seen = forms.flatMap(({ hints }) => hints).map((hint) => `IsMatch(${path}, ${quoted(hint)})`);
  const condition = seen.join(" or ");
  return {
    conditions: [gate === undefined ? condition : `IsMatch(${path}, ${quoted(gate)}) and (${condition})`],
    statements: forms.flatMap((form) => replaced(path, marked, form)),
  };
};

/** Names and messages are short, and most have none of these: one look instead of many. */
export const shortText = (path: string, marked: string, forms: readonly Form[]): StatementGroup =>
  text(path, marked, forms, "[0-9@?_=:]");
