import type { Form } from "../form";

/** What each issuer's keys look like, and what is quickly found of them. */
const issued: Readonly<Record<string, readonly [pattern: string, hint: string]>> = {
  bearer: [String.raw`\b[Bb]earer\s+[0-9A-Za-z._~+/=-]{16,}`, String.raw`earer\s+[0-9A-Za-z._~+/=-]{16}`],
  jwt: [
    String.raw`\beyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}(?:\.[0-9A-Za-z_-]*)?`,
    String.raw`eyJ[0-9A-Za-z_-]{8}[0-9A-Za-z_.-]{8}`,
  ],
  aws: [String.raw`\bA(?:KIA|SIA)[0-9A-Z]{16}\b`, "A(?:KIA|SIA)[0-9A-Z]{16}"],
  // GitHub, npm and Stripe all have an underscore before what is secret.
  prefixed: [
    String.raw`\b(?:gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{22,}|npm_[0-9A-Za-z]{36}|[rs]k_(?:live|test)_[0-9A-Za-z]{16,})`,
    "_[0-9A-Za-z]{16}",
  ],
  gitlab: [String.raw`\bglpat-[0-9A-Za-z_-]{20,}`, "glpat-[0-9A-Za-z_-]{20}"],
  slack: [String.raw`\bxox[abeoprs]-[0-9A-Za-z-]{10,}`, "xox[abeoprs]-[0-9A-Za-z-]{10}"],
  google: [String.raw`\bAIza[0-9A-Za-z_-]{35}`, "AIza[0-9A-Za-z_-]{35}"],
  pem: [
    String.raw`-----BEGIN [A-Z ]*PRIVATE KEY-----[0-9A-Za-z+/=\s\\]*(?:-----END [A-Z ]*PRIVATE KEY-----)?`,
    "PRIVATE KEY-----(?s:.{16})",
  ],
};

/** Keys and tokens in the forms that their issuers give them. */
export const tokens: readonly Form[] = [
  {
    rule: "tokens",
    pattern: Object.values(issued)
      .map(([pattern]) => pattern)
      .join("|"),
    mask: "{token}",
    hints: Object.values(issued).map(([, hint]) => hint),
  },
];
