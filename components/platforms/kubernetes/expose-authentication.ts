import type { Problem } from "../../core/problems";
import type { Port } from "../../core/workload";
import { found, loose, text, webAddress } from "./loose";

/** A port whose program takes whoever comes. */
export const open = {
  reason: "the program has no authentication: anyone who finds the address would have access",
  remedy: "expose it by ingress or route with authentication, or give the program a token if it supports one",
};

/** What is wrong with who checks whoever comes in to a port. */
export function authentication(value: unknown, { asks }: Port, allowed: readonly string[]): Problem[] {
  const { kind, by, secret, url, signIn } = loose(value);
  if (kind === undefined) {
    const remedy = `set its kind to one of ${allowed.join(", ")}`;
    return [{ path: "authentication", reason: "missing: anyone would have access without authentication", remedy }];
  }
  if (typeof kind !== "string" || !allowed.includes(kind)) {
    return [found("authentication.kind", kind, "unknown kind of authentication", `write one of ${allowed.join(", ")}`)];
  }
  const nginx =
    by === "ingress-nginx"
      ? []
      : [
          found(
            "authentication.by",
            by,
            "only ingress-nginx (and controllers that read its annotations) authenticates this way; others let everyone in",
            "write ingress-nginx if it serves this class, or use kind elsewhere and name what authenticates",
          ),
        ];
  switch (kind) {
    case "own":
      return asks ? [] : [{ path: "authentication.kind", value: "own", ...open }];
    case "elsewhere":
      return text("authentication.by", by, "missing", "name what authenticates, so that others can find it");
    case "basic":
      return [...nginx, ...text("authentication.secret", secret, "no passwords", "name a Secret with the key auth")];
    default:
      return [
        ...nginx,
        ...webAddress("authentication.url", url),
        ...(signIn === undefined ? [] : webAddress("authentication.signIn", signIn)),
      ];
  }
}
