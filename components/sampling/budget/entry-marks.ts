import { transform } from "../../collector/parts";
import type { Processor } from "../../collector/part";
import { isAlways } from "./always";
import type { Plan } from "./compile";
import { marks } from "./mark-names";
import { routeKey, type RouteProfile } from "./profile";
import { errorSlowness } from "./rungs";
import { measureOfAll, measuresOf } from "./slowness";

/**
 * Marks the first span of each trace with its class, and with its duration in hundredths of what is usual for its route.
 * Gateways do it: they see every span, keep none, and so can be told anew at any time.
 *
 * Marks that come with a span are taken off, or a sender could buy its way in. All but the first statements ask a first
 * span alone, and there are no more of them than medians are apart, however many routes there are.
 */
export function entryMarks(plan: Plan): Processor<"traces"> {
  const all = measureOfAll(plan.profile);
  return transform({
    name: "sampling",
    statements: {
      traces: [
        {
          statements: Object.values(marks).flatMap((mark) => [
            `delete_key(span.attributes, ${JSON.stringify(mark)})`,
            `delete_key(resource.attributes, ${JSON.stringify(mark)})`,
          ]),
        },
        {
          conditions: ["IsRootSpan()"],
          statements: [
            `set(${route}, Concat([resource.attributes["service.name"], span.name], " "))`,
            `set(${route}, Concat([resource.attributes["service.name"], span.attributes["http.route"]], " ")) where span.attributes["http.route"] != nil`,
            ...plan.classes.map(
              ({ name, routes }) => `set(${at(marks.class)}, ${JSON.stringify(name)}) where ${isOneOf(routes)}`,
            ),
            ...(all === undefined ? [] : [slowness(all)]),
            ...measuresOf(plan.profile).map(
              ({ hundredth, routes }) => `${slowness(hundredth)} where ${isOneOf(routes)}`,
            ),
            ...alwaysKept(plan),
            `delete_key(span.attributes, ${JSON.stringify(marks.route)})`,
          ],
        },
        ...(plan.always.errors === false ? [] : [failed]),
      ],
    },
  });
}

const at = (key: string): string => `span.attributes[${JSON.stringify(key)}]`;
const route = at(marks.route);

/** Hundredths of what is usual. */
const slowness = (hundredth: number): string =>
  `set(${at(marks.slowness)}, (span.end_time_unix_nano - span.start_time_unix_nano) / ${hundredth})`;

const isOneOf = (routes: readonly RouteProfile[]): string =>
  `ContainsValue([${routes.map((one) => JSON.stringify(routeKey(one))).join(", ")}], ${route})`;

function alwaysKept({ profile, always }: Plan): string[] {
  const kept = profile.routes.filter((one) => isAlways(always, one));
  return kept.length === 0 ? [] : [`set(${at(marks.always)}, "yes") where ${isOneOf(kept)}`];
}

/** A span that failed, wherever in the trace: what no longer fits among errors is looked at among what is slow. */
const failed = {
  conditions: ["span.status.code == STATUS_CODE_ERROR"],
  statements: [
    `set(${at(marks.slowness)}, ${errorSlowness}) where ${at(marks.slowness)} == nil or ${at(marks.slowness)} < ${errorSlowness}`,
  ],
};
