import type { Problem } from "../../core/problems";
import { inBytes, isSize } from "../../core/units";
import { learnIt, nothingLearnt } from "./cold-start";
import { trafficOf, type Profile } from "./profile";

/** What may be kept: spans a second, a share of what the profile expects, or what they take on disk in 30 days. */
export type Amount = `${number} spans/s` | `${number} %` | `${number} ${"MiB" | "GiB" | "TiB"}/month`;

const pattern = /^(\d+(?:\.\d+)?) (spans\/s|%|(?:MiB|GiB|TiB)\/month)$/;
const secondsOfMonth = 30 * 86_400;

/** Whether a text is an {@link Amount}. */
export const isAmount = (text: string): text is Amount => pattern.test(text);

/**
 * An amount in spans a second, and what is wrong with it.
 *
 * @param storedBytesPerSpan - what one takes in the storage, with its index and copies
 */
export function inSpansPerSecond(
  amount: Amount,
  profile: Profile,
  storedBytesPerSpan: number,
): { readonly spansPerSecond: number; readonly problems: readonly Problem[] } {
  const [, digits, unit = ""] = pattern.exec(amount) ?? [];
  const value = Number(digits);
  const refused = (reason: string, remedy: string) => ({
    spansPerSecond: NaN,
    problems: [{ path: "budget", value: amount, reason, remedy }],
  });
  if (!(value > 0)) return refused("not an amount of spans", 'write "200 spans/s", "5 %" or "50 GiB/month"');
  if (unit === "spans/s") return { spansPerSecond: value, problems: [] };
  if (unit === "%") {
    const traffic = trafficOf(profile);
    if (value > 100) return refused("more than 100 %", "write at most 100 %, or remove the budget");
    if (profile === nothingLearnt)
      return refused(
        "a share of an unknown total: no profile was learned",
        `write spans, as "200 spans/s", or ${learnIt}`,
      );
    if (!(traffic > 0)) return refused("a share of zero: the profile has no spans", 'write spans, as "200 spans/s"');
    return { spansPerSecond: (traffic * value) / 100, problems: [] };
  }
  const size = `${digits} ${unit.replace("/month", "")}`;
  if (!isSize(size) || !(storedBytesPerSpan > 0)) {
    return refused("the size of a span in this storage is unknown", 'write spans, as "200 spans/s"');
  }
  return { spansPerSecond: inBytes(size) / secondsOfMonth / storedBytesPerSpan, problems: [] };
}
