import satisfies from "spdx-satisfies";
import type { Problem } from "../../components/core/problems";
import { allowed } from "./allowed";
import { keyOf, uses, type Dependency } from "./dependency";
import type { Reading } from "./readings";

/** The licence that counts: what somebody has read where the publisher's word says nothing, else that word. */
export const licenceOf = (dependency: Dependency, readings: Readings): string | undefined =>
  readings[keyOf(dependency)]?.licence ?? dependency.licence;

export type Readings = Readonly<Record<string, Reading>>;

/** Everything that must not be here as it is, and readings that nothing needs any more. */
export function judge(dependencies: readonly Dependency[], readings: Readings): Problem[] {
  const present = new Set(dependencies.map(keyOf));
  const stale = Object.keys(readings).filter((key) => !present.has(key));
  return [
    ...dependencies.flatMap((dependency) => judgeOne(dependency, licenceOf(dependency, readings))),
    ...stale.map((key) => ({
      path: key,
      reason: "its licence was read, and nothing depends on this version",
      remedy: "take its row out of toolchain/licences/readings.ts",
    })),
  ];
}

function judgeOne(dependency: Dependency, licence: string | undefined): Problem[] {
  const { use, through } = dependency;
  const problem = (reason: string, remedy: string): Problem[] => [
    {
      path: keyOf(dependency),
      ...(licence !== undefined && { value: licence }),
      reason: `${reason} (through ${through[0]})`,
      remedy,
    },
  ];
  const read = "read its licence file and write what it is into toolchain/licences/readings.ts, or take it out";
  if (licence === undefined) return problem("says no licence, and what has none may not be used", read);
  if (use === "pulled") return [];
  const verdict = within(licence, allowed[use]);
  if (verdict === "allowed") return [];
  if (verdict === "no expression") return problem("its licence is no expression of SPDX", read);
  return problem(
    `not a licence that is allowed for ${uses[use]}`,
    "take out what brings it in, or use something else in its place",
  );
}

/** AND needs both sides in the list, OR one of them, and WITH the licence with that very exception. */
function within(licence: string, list: readonly string[]): "allowed" | "refused" | "no expression" {
  try {
    return satisfies(licence, [...list]) ? "allowed" : "refused";
  } catch {
    return "no expression";
  }
}
