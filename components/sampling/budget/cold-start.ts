import type { Profile } from "./profile";

/** What is taken for usual while no route is known: what takes longer is looked at more. */
export const assumedMedianMs = 100;

/** Largest trace that a sampler makes room for before it knows any. */
const assumedLargest = 200;

/**
 * Stands for a profile until there is one. Nothing is known of any route, so all of them share one bucket, and what is slow
 * is slow by one measure for all.
 */
export const nothingLearnt: Profile = {
  from: "1970-01-01T00:00:00Z",
  to: "1970-01-01T00:00:01Z",
  largestTrace: assumedLargest,
  routes: [],
};

/** How to get a profile. */
export const learnIt = "learn it with sightline sampling learn, and name the file in profile";
