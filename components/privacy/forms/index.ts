import type { Form } from "../form";
import { isOn, type Privacy } from "../options";
import { cards } from "./cards";
import { headers, userInfo } from "./credentials";
import { emails } from "./emails";
import { ibans } from "./ibans";
import { queries } from "./queries";
import { tokens } from "./tokens";

const always = { credentials: [userInfo], tokens, emails, cards, ibans };
const alsoInTexts = { credentials: [headers], queries };

/** What is looked for in every value of every attribute. A pattern of one's own is its own hint. */
export const formsIn = (privacy: Privacy): Form[] => [
  ...on(privacy, always),
  ...Object.entries(privacy.patterns ?? {}).map(([rule, pattern]) => ({
    rule,
    pattern,
    mask: `{${rule}}`,
    hints: [pattern],
  })),
];

/** What is looked for in lines, names and messages: they have headers and URLs in them, which attributes have by name. */
export const formsInTexts = (privacy: Privacy): Form[] => [...on(privacy, alsoInTexts), ...formsIn(privacy)];

const on = (privacy: Privacy, byRule: Readonly<Partial<Record<keyof typeof always | "queries", readonly Form[]>>>) =>
  Object.entries(byRule).flatMap(([rule, forms]) => (isOn(privacy, rule as keyof typeof always) ? forms : []));
