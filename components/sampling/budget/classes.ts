import { routeKey, spansPerSecondOf, type Profile, type RouteProfile } from "./profile";

/** Routes that share what they may keep. */
export interface RouteClass {
  readonly name: string;
  readonly routes: readonly RouteProfile[];
  readonly spansPerSecond: number;
  readonly weight: number;
}

/** How much routes, and all routes of a service, weigh where they share. @default - each 1 */
export interface Weights {
  readonly perRoute?: Readonly<Record<string, number>> | undefined;
  readonly perService?: Readonly<Record<string, number>> | undefined;
}

/**
 * Every route in one class, of so many at most. Routes of one class have about as much traffic, so that none of them
 * takes what another one needs: classes are as wide as each other on a scale of orders of magnitude.
 */
export function classesOf({ routes }: Profile, most: number, weights: Weights = {}): RouteClass[] {
  const sorted = [...routes].sort(
    (one, other) => spansPerSecondOf(other) - spansPerSecondOf(one) || (routeKey(one) < routeKey(other) ? -1 : 1),
  );
  const groups = sorted.length <= most ? sorted.map((route) => [route]) : grouped(sorted, most);
  return groups.map((group, i) => ({
    name: `class-${i}`,
    routes: group,
    spansPerSecond: group.reduce((sum, route) => sum + spansPerSecondOf(route), 0),
    weight: group.reduce((sum, route) => sum + weightOf(route, weights), 0),
  }));
}

/** Traffic below this is no traffic: its logarithm would make one class of all the rest. */
const least = 1e-3;

function grouped(sorted: readonly RouteProfile[], most: number): RouteProfile[][] {
  const sizes = sorted.map((route) => Math.log(Math.max(spansPerSecondOf(route), least)));
  const [top, bottom] = [sizes[0]!, sizes.at(-1)!];
  const width = (top - bottom) / most || 1;
  const groups: RouteProfile[][] = Array.from({ length: most }, () => []);
  sorted.forEach((route, i) => groups[Math.min(most - 1, Math.floor((top - sizes[i]!) / width))]!.push(route));
  return groups.filter((group) => group.length > 0);
}

const weightOf = (route: RouteProfile, { perRoute = {}, perService = {} }: Weights): number =>
  perRoute[routeKey(route)] ?? perService[route.service] ?? 1;
