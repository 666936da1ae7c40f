import type { RouteProfile } from "./profile";

/**
 * Share of a route's traces that take longer, where durations are log-normal, as its median and p99 say.
 *
 * Source: P(X > t) = 1 − Φ(ln(t ∕ median) ∕ σ), σ = ln(p99 ∕ median) ∕ 2.326.
 */
export function shareLonger({ medianMs, p99Ms }: RouteProfile, milliseconds: number): number {
  const sigma = Math.log(p99Ms / medianMs) / 2.326;
  if (!(sigma > 0)) return milliseconds < medianMs ? 1 : 0;
  return 1 - normal(Math.log(milliseconds / medianMs) / sigma);
}

/** Φ, to 7 digits. Source: M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, 26.2.17. */
function normal(x: number): number {
  if (x < 0) return 1 - normal(-x);
  const t = 1 / (1 + 0.2316419 * x);
  const factors = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const polynomial = factors.reduceRight((value, factor) => (value + factor) * t, 0);
  return 1 - (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
}
