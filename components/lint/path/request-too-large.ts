import { mebibytes, type PathRule } from "./rule";

export const requestTooLarge: PathRule = {
  code: "request-too-large",
  finds: "an exporter whose requests may be larger than the next hop accepts, which permanently refuses them",
  find: ({ edges }) =>
    edges
      .filter(({ sends = 0, takes = Infinity }) => sends > takes)
      .map(({ from, to, by, sends = 0, takes = 0 }) => ({
        path: `${from}.exporters.${by}`,
        value: mebibytes(sends),
        reason: `${to} accepts requests of ${mebibytes(takes)} and permanently refuses larger ones`,
        remedy: `send at most ${mebibytes(takes)} per request, or raise the limit of ${to}`,
      })),
};
