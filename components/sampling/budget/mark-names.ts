/** Attributes that gateways put on the first span of a trace, for the sampler, and for those who ask why a trace was kept. */
export const marks = {
  class: "sightline.class",
  slowness: "sightline.slowness",
  always: "sightline.always",
  route: "sightline.entry",
  policy: "sightline.policy",
} as const;
