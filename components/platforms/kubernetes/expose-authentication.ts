import type { Problem } from "../../core/problems";
import type { Port } from "../../core/workload";
import { found, loose, text, webAddress } from "./loose";

/** A port whose program takes whoever comes. */
export const open = {
  reason: "the program asks nobody who they are, so all who find the address would come in",
  remedy: "expose it by ingress or route with somebody who asks, or give the program a token where it takes one",
};

/** What is wrong with who checks whoever comes in to a port. */
export function authentication(value: unknown, { asks }: Port, allowed: readonly string[]): Problem[] {
  const { kind, by, secret, url, signIn } = loose(value);
  if (kind === undefined) {
    const remedy = `set its kind to one of ${allowed.join(", ")}`;
    return [{ path: "authentication", reason: "nobody would be asked who they are", remedy }];
  }
  if (typeof kind !== "string" || !allowed.includes(kind)) {
    return [found("authentication.kind", kind, "nothing here asks in this way", `write one of ${allowed.join(", ")}`)];
  }
  const nginx =
    by === "ingress-nginx"
      ? []
      : [
          found(
            "authentication.by",
            by,
            "only ingress-nginx, and what reads its annotations, asks in this way; others let everybody in",
            "write ingress-nginx if that is what reads this class, or say elsewhere and who asks",
          ),
        ];
  switch (kind) {
    case "own":
      return asks ? [] : [{ path: "authentication.kind", value: "own", ...open }];
    case "elsewhere":
      return text("authentication.by", by, "nobody is named", "name what asks, so that others can find it");
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
