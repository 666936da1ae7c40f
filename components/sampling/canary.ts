/** The three services of a canary, from the one that is called to the one that calls nobody. */
export const canaryServices = [
  "sightline-canary-shop",
  "sightline-canary-orders",
  "sightline-canary-payments",
] as const;
