/**
 * Counters that gained something in a window, added up by labels.
 *
 * Many counters of faults appear with their first fault, with no zero before it, and `increase` cannot see that one: a
 * series that was not there a window ago counts with all it has.
 */
export const grew = (counter: string, by: string, window = "10m"): string =>
  `sum by (${by}) ((${counter} unless ${counter} offset ${window}) > 0 or increase(${counter}[${window}]) > 0)`;
