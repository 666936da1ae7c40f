/** All rules, in the order in which they are applied. */
export const privacyRules = ["credentials", "tokens", "queries", "statements", "emails", "cards", "ibans"] as const;
export type PrivacyRule = (typeof privacyRules)[number];

/** What is taken out of spans, points and log lines before anything counts, forwards or keeps them. */
export interface Privacy {
  /** Rules that are turned on or off. @default - all are on but `cards` and `ibans` */
  readonly rules?: { readonly [K in PrivacyRule]?: boolean | undefined };
  /** Regular expressions in RE2's syntax, by a name of lower case letters, digits and hyphens: what matches becomes `{name}`. @default - none */
  readonly patterns?: Readonly<Record<string, string>>;
  /** Attributes that nobody looks into. @default - none */
  readonly keep?: readonly string[];
}

/**
 * Any digits may be a card and any two letters begin an IBAN, so that identifiers and hashes are looked at again and again: a
 * Collector spends many times the CPU on long ones.
 */
const offUnlessSaid: readonly PrivacyRule[] = ["cards", "ibans"];

export const isOn = ({ rules = {} }: Privacy, rule: PrivacyRule): boolean =>
  rules[rule] ?? !offUnlessSaid.includes(rule);
