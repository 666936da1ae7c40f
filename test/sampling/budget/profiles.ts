import type { Budget, Place, Profile } from "../../../components/sampling/budget";
import { numbers } from "../../support/random";

/** A shop of three routes. */
export const shop: Profile = {
  from: "2026-01-05T00:00:00Z",
  to: "2026-01-12T00:00:00Z",
  largestTrace: 100,
  routes: [
    {
      service: "shop",
      route: "/",
      tracesPerSecond: 100,
      spansPerTrace: 20,
      medianMs: 50,
      p99Ms: 400,
      errorShare: 0.01,
    },
    {
      service: "shop",
      route: "/cart",
      tracesPerSecond: 10,
      spansPerTrace: 40,
      medianMs: 80,
      p99Ms: 900,
      errorShare: 0.001,
    },
    {
      service: "pay",
      route: "/pay",
      tracesPerSecond: 0.5,
      spansPerTrace: 60,
      medianMs: 300,
      p99Ms: 2000,
      errorShare: 0,
    },
  ],
};

export interface Case {
  readonly budget: Budget;
  readonly profile: Profile;
  readonly place: Place;
}

/** Profiles and budgets by chance, the same ones each time. Some cannot be kept. */
export function randomCases(count: number): Case[] {
  const random = numbers(20_261_128);
  /** As likely to be of each order of magnitude. */
  const between = (low: number, high: number): number => low * (high / low) ** random();
  return Array.from({ length: count }, () => {
    const services = Math.ceil(between(1, 20));
    const routes = Array.from({ length: Math.ceil(between(1, 600)) }, (_, i) => {
      const medianMs = between(0.5, 5000);
      return {
        service: `service-${i % services}`,
        route: `/route-${i}`,
        tracesPerSecond: between(0.001, 200),
        spansPerTrace: between(1, 80),
        medianMs,
        p99Ms: medianMs * between(1, 50),
        errorShare: random() < 0.5 ? 0 : random() * 0.3,
      };
    });
    const first = routes[0]!;
    return {
      profile: { from: shop.from, to: shop.to, largestTrace: Math.ceil(between(80, 5000)), routes },
      budget: {
        budget: random() < 0.5 ? `${between(20, 50_000)} spans/s` : `${between(0.5, 50)} %`,
        window: random() < 0.5 ? "1h" : "6h",
        perRoute: { [`${first.service} ${first.route}`]: between(0.1, 10) },
        always: {
          errors: random() < 0.8,
          ...(random() < 0.3 && { routes: [`${routes.at(-1)!.service} ${routes.at(-1)!.route}`] }),
          ...(random() < 0.3 && { slow: "30s" as const }),
          ...(random() < 0.3 && { attributes: { tenant: ["gold"] } }),
        },
      },
      place: { samplers: Math.ceil(between(1, 6)) },
    };
  });
}
