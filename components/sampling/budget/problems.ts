import * as check from "../../collector/checks";
import { within, type Problem } from "../../core/problems";
import { wantedProblems } from "../attribute-policy";
import type { Budget } from "./budget";
import { learnIt, nothingLearnt } from "./cold-start";
import { profileProblems, routeKey, type Profile } from "./profile";

/** What is wrong with a budget by itself, and beside the profile it is for. */
export const budgetProblems = (budget: Budget, profile: Profile, samplers: number): Problem[] => [
  ...(profile === nothingLearnt ? [] : within("profile", profileProblems(profile))),
  ...check.duration("window", budget.window),
  ...check.count("samplers", samplers),
  ...nameProblems(budget, profile),
  ...check.duration("always.slow", budget.always?.slow),
  ...Object.entries(budget.always?.attributes ?? {}).flatMap(([key, wanted]) => [
    ...check.some(`always.attributes.${key}`, wanted, "write the values to keep"),
    ...within(`always.attributes.${key}`, wantedProblems(wanted)),
  ]),
];

/** Names in a budget that the profile does not have: nothing would ever match them. */
function nameProblems({ always = {}, perRoute = {}, perService = {} }: Budget, profile: Profile): Problem[] {
  const keys = profile.routes.map(routeKey);
  const services = profile.routes.map(({ service }) => service);
  const remedy = (known: readonly string[]): string =>
    `write one of ${[...new Set(known)].slice(0, 5).join(", ")}, or learn the profile again`;
  const unknown = (path: string, names: readonly string[], known: readonly string[]): Problem[] =>
    names
      .filter((name) => !known.includes(name))
      .map((value) => ({
        path,
        value,
        ...(profile === nothingLearnt
          ? { reason: "no profile says how many traces start with it", remedy: learnIt }
          : { reason: `starts no trace in the profile, which ends ${profile.to}`, remedy: remedy(known) }),
      }));
  const weights = { perRoute, perService };
  return [
    ...unknown("always.routes", always.routes ?? [], keys),
    ...unknown("always.services", always.services ?? [], services),
    ...unknown("perRoute", Object.keys(perRoute), keys),
    ...unknown("perService", Object.keys(perService), services),
    ...Object.entries(weights).flatMap(([path, of]) =>
      Object.entries(of)
        .filter(([, weight]) => !(Number.isFinite(weight) && weight > 0))
        .map(([name, value]) => ({
          path: `${path}.${name}`,
          value,
          reason: "not a weight",
          remedy: "write a number above zero; the default weight is 1",
        })),
    ),
  ];
}
