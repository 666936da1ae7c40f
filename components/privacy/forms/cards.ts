import type { Form } from "../form";

/** Sixteen digits in one piece, or in four groups with the same sign between them: groups of a UUID are no card. */
const sixteen = (first: string): string => String.raw`${first}(?:[0-9]{12}|(?: [0-9]{4}){3}|(?:-[0-9]{4}){3})`;

/**
 * Ranges that issuers have, and their lengths. RE2 cannot add digits up, so the Luhn digit is not asked: one in ten numbers of such
 * a range is a card, and the rest are masked too.
 *
 * Source: ISO/IEC 7812 issuer ranges of Visa, Mastercard, Discover, JCB, UnionPay (16 digits), American Express (15), Diners Club (14).
 */
const issuers = [
  sixteen("4[0-9]{3}"),
  sixteen("5[1-5][0-9]{2}"),
  sixteen("2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)"),
  sixteen("6(?:011|[245][0-9]{2})"),
  sixteen("35(?:2[89]|[3-8][0-9])"),
  String.raw`3[47][0-9]{2}(?:[0-9]{11}| [0-9]{6} [0-9]{5}|-[0-9]{6}-[0-9]{5})`,
  String.raw`3(?:0[0-5]|[68][0-9])[0-9](?:[0-9]{10}| [0-9]{6} [0-9]{4}|-[0-9]{6}-[0-9]{4})`,
];

/** Longer numbers, hashes and ids with letters around the digits stay what they are. */
export const cards: readonly Form[] = [
  {
    rule: "cards",
    pattern: String.raw`\b(?:${issuers.join("|")})\b`,
    mask: "{card}",
    hints: ["2[2-7]", "3[0-8]", "4[0-9]", "5[1-5]", "6[0-5]"].map((first) => `${first}[0-9]{2}[ -]?[0-9]{4}.{6}`),
  },
];
