import type { Form } from "../form";

/** Values in the query or the fragment of a URL: names say what was asked for, values are of persons, and tokens. */
export const queries: readonly Form[] = [
  {
    rule: "queries",
    pattern: String.raw`([?&#][0-9A-Za-z_.~\[\]%-]+=)[^\s&#"'<>{}\\]+`,
    mask: "${1}REDACTED",
    hints: [String.raw`\?[0-9A-Za-z_.~\[\]%-]+=`],
  },
];
