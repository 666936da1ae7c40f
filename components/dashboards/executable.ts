/** Values of a dashboard's variables: `{ service: "checkout" }`. */
export type Variables = Readonly<Record<string, string>>;

/** What Grafana puts in for its own names; the real values follow the time shown. */
const builtIn: Variables = { __rate_interval: "1m", __interval: "1m", __range: "5m", __auto: "1m" };

/**
 * A query as a data source gets it: `$service`, `${service}` and `${service:regex}` replaced, and so are
 * `$__rate_interval` and its like. Names that are not given stay; so does `$1`, which belongs to label_replace.
 *
 * Source: Grafana's documentation of global variables and of variable syntax.
 */
export function executable(expr: string, variables: Variables): string {
  const values: Variables = { ...builtIn, ...variables };
  return expr.replaceAll(
    /\$(?:([a-zA-Z_]\w*)|\{([a-zA-Z_]\w*)(?::\w+)?\})/g,
    (written, plain?: string, braced?: string) => values[plain ?? braced ?? ""] ?? written,
  );
}
