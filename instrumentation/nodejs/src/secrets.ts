const hidden = "REDACTED";

/** Values of a query: names say what was asked for, values are of persons, and tokens. */
export const withoutValues = (query: string): string => query.replaceAll(/=[^&#]*/g, `=${hidden}`);

/** A URL without who asks and without values of its query. */
export const withoutSecrets = (url: string): string =>
  url.replace(/^(\w[\w+.-]*:\/\/)[^/@]*@/, `$1${hidden}@`).replace(/\?[^#]*/, withoutValues);

/** SQL with `?` for each text and number that stands in it. Placeholders of drivers, `$1` and `:id`, stay. */
export const withoutLiterals = (sql: string): string =>
  sql.replaceAll(/'(?:[^']|'')*'/g, "?").replaceAll(/(?<![\w$:.])-?\d+(?:\.\d+)?(?![\w.])/g, "?");
