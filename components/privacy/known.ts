import { quoted } from "../collector/processors/ottl";
import type { StatementGroup } from "../collector/processors/transform";
import { queries } from "./forms/queries";
import { credentialAttributes, userInfo } from "./forms/credentials";
import { isOn, type Privacy, type PrivacyRule } from "./options";
import { noted, replaced, type Replacement } from "./statements";

/** Attributes with a URL. Source: OpenTelemetry's semantic conventions of HTTP, and those before 1.21. */
const urls = ["url.full", "url.original", "http.url", "http.target"];

/** A query alone, without the question mark. */
const query: Replacement = {
  rule: "queries",
  pattern: String.raw`(^|[&;])([^=&;]*=)[^&;]*`,
  mask: "${1}${2}REDACTED",
};

/** Attributes with a statement for a database or a cache. Source: OpenTelemetry's semantic conventions of databases. */
const databases = ["db.query.text", "db.statement"];

/** A text from its first quote on: what `\'` means depends on the database. */
const escaped: Replacement = { rule: "statements", pattern: String.raw`(?s)^([^']*)'.*\\'.*$`, mask: "${1}?" };
/** Texts in quotes, also of a statement that was cut, and numbers that stand by themselves. Placeholders, `$1` and `:id`, stay. */
const literals: Replacement = {
  rule: "statements",
  pattern: String.raw`'(?:[^']|'')*(?:'|$)|(^|[^0-9A-Za-z_$:.])-?(?:0x[0-9A-Fa-f]+|[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)\b`,
  mask: "${1}?",
};
/** Texts in double quotes. */
const doubleQuoted: Replacement = { rule: "statements", pattern: String.raw`"(?:[^"\\]|\\.)*(?:"|$)`, mask: "?" };
/** Names before a colon in JSON lose their quotes, so that they are no texts. */
const jsonNames: Replacement = {
  rule: "statements",
  pattern: String.raw`"([0-9A-Za-z_.$-]+)"(\s*:)`,
  mask: "${1}${2}",
};
/** Numbers after a name in JSON: elsewhere a colon and a number are a placeholder. */
const jsonNumbers: Replacement = {
  rule: "statements",
  pattern: String.raw`(:\s*)-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\b`,
  mask: "${1}?",
};
/** Of a command for a cache its first word stays. */
const command: Replacement = { rule: "statements", pattern: String.raw`(?s)^(\s*\S+)\s.*$`, mask: "${1} ?" };

const system = (holder: string, pattern: string): string =>
  ["db.system.name", "db.system"].map((key) => `IsMatch(${holder}.attributes["${key}"], "${pattern}")`).join(" or ");
const caches = "^(?:redis|valkey|memcached)$";
/** Databases in which double quotes are around names. */
const standard =
  "^(?:postgresql|cockroachdb|oracle(?:[.]db)?|mssql|microsoft[.]sql_server|sqlite|(?:ibm[.])?db2|(?:aws[.])?redshift|h2|h2database|hsqldb|derby|cassandra|snowflake|trino)$";

/** Attributes that are known to have what a rule takes out, found by their names. */
export function known(holder: string, privacy: Privacy): StatementGroup[] {
  const { keep = [] } = privacy;
  const among = (keys: readonly string[], rule: PrivacyRule): string[] =>
    isOn(privacy, rule) ? keys.filter((key) => !keep.includes(key)) : [];
  const at = (key: string): string => `${holder}.attributes["${key}"]`;
  return [
    ...among(credentialAttributes, "credentials").map((key) => ({
      conditions: [`${at(key)} != nil`],
      statements: [`set(${at(key)}, "{credentials}")`, ...noted("credentials", holder)],
    })),
    ...among(urls, "queries").map((key) => ({
      conditions: [`${at(key)} != nil and IsMatch(${at(key)}, "[?#@]")`],
      statements: [...queries, userInfo].flatMap((form) => replaced(at(key), holder, form)),
    })),
    ...among(["url.query"], "queries").map((key) => ({
      conditions: [`${at(key)} != nil`],
      statements: replaced(at(key), holder, query),
    })),
    ...among(databases, "statements").map((key) => ({
      conditions: [`${at(key)} != nil`],
      statements: statement(at(key), holder),
    })),
  ];
}

function statement(path: string, holder: string): string[] {
  const isCache = `(${system(holder, caches)})`;
  const isStandard = `(${system(holder, standard)})`;
  const isJson = `IsMatch(${path}, "^\\\\s*[{\\\\[]")`;
  return [
    ...replaced(path, holder, command, isCache),
    ...replaced(path, holder, escaped, `not ${isCache}`),
    `replace_pattern(${path}, ${quoted(jsonNames.pattern)}, ${quoted(jsonNames.mask)}) where ${isJson}`,
    ...replaced(path, holder, jsonNumbers, isJson),
    ...replaced(path, holder, doubleQuoted, `not ${isStandard}`),
    ...replaced(path, holder, literals, `not ${isCache}`),
    // Values that were sent beside the statement.
    `delete_matching_keys(${holder}.attributes, ${quoted(String.raw`^db\.(?:query|operation)\.parameter\.`)})`,
  ];
}
