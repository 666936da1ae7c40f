/** Who shares: how much of it is wanted, and how much its share weighs. */
export interface Claim {
  readonly wanted: number;
  readonly weight: number;
}

/**
 * Divides an amount so that nobody gets more than is wanted, and nobody who gets less could be given more without taking
 * from one who has no more per weight.
 *
 * Source: max-min fairness by water-filling, D. Bertsekas and R. Gallager, Data Networks, 2nd edition, 6.5.2.
 */
export function fill(amount: number, claims: readonly Claim[]): number[] {
  const order = claims.map((_, i) => i).sort((one, other) => level(claims[one]!) - level(claims[other]!));
  const given = claims.map(() => 0);
  let left = amount;
  let weight = claims.reduce((total, claim) => total + claim.weight, 0);
  for (const i of order) {
    const claim = claims[i]!;
    given[i] = Math.min(claim.wanted, (left * claim.weight) / weight);
    left -= given[i];
    weight -= claim.weight;
  }
  return given;
}

const level = ({ wanted, weight }: Claim): number => wanted / weight;
