import type { Processor } from "../part";
import { quoted } from "./ottl";
import { transform, type StatementGroup } from "./transform";

/** What stands for an identifier in a name. */
const placeholder = "{id}";

/**
 * Identifiers, as one expression in the syntax of Go. Each but the last begins where a word does, so that `v1`, `oauth2`
 * and `k8s` stay what they are; a number may end before an underscore, as in `12_items`.
 */
const kinds = [
  // E-mail addresses.
  String.raw`[0-9A-Za-z._%+-]+@[0-9A-Za-z.-]+`,
  // UUIDs.
  String.raw`[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}`,
  // Hashes from about eight digits on: letters and digits of hexadecimal take turns.
  String.raw`[A-Fa-f]*[0-9]+[A-Fa-f]+[0-9][0-9A-Fa-f]{2,}\b`,
  // Keys, ULIDs, base64: the same with all letters, and longer, since `v1beta1` is a word.
  String.raw`[A-Za-z]*[0-9]+[A-Za-z]+[0-9][0-9A-Za-z]{8,}`,
  // Numbers, addresses, dates, versions with dots.
  String.raw`[0-9]+(?:[^0-9A-Za-z][0-9]+)*(\b|_)`,
];
/** The number at the end of `user12345` is an identifier, that of `sha512` is none. */
const longNumber = String.raw`[0-9]{5,}`;

/** All identifiers, with what stands before and after one in groups 1 and 2. */
export const identifierPattern = `(^|[^0-9A-Za-z])(?:${kinds.join("|")})|${longNumber}`;
/** Every identifier has one of these: names without them are not looked at further. */
const hint = "[0-9@]";

/** Attributes that keep what was replaced. */
export const originalName = "sightline.original_name";
export const originalRoute = "sightline.original_route";

/**
 * Replaces identifiers in names of spans and in routes by `{id}`: numbers, UUIDs, hashes, keys, e-mail addresses. A name
 * with one in it is a name of its own for every user and every order, and whoever counts by name would keep each of them.
 * The span has what it was called in `sightline.original_name`, its route in `sightline.original_route`.
 */
export const identifiers = (): Processor<"traces"> =>
  transform({
    name: "identifiers",
    statements: {
      traces: [replaced("span.name", originalName), replaced('span.attributes["http.route"]', originalRoute)],
    },
  });

const replaced = (path: string, original: string): StatementGroup => ({
  conditions: [`${path} != nil and IsMatch(${path}, "${hint}")`],
  statements: [
    `set(span.attributes["${original}"], ${path}) where IsMatch(${path}, ${quoted(identifierPattern)})`,
    `replace_pattern(${path}, ${quoted(identifierPattern)}, "\${1}${placeholder}\${2}") where span.attributes["${original}"] != nil`,
  ],
});

/** What a name becomes, for those who ask for it by its original. */
export const withoutIdentifiers = (name: string): string =>
  name.replaceAll(
    new RegExp(identifierPattern, "g"),
    (_, before = "", after = "") => `${before}${placeholder}${after}`,
  );
