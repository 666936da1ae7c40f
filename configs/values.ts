import { z } from "zod";
import { isDuration, isSize, type Duration, type Size } from "../components/core/units";

/** Values that several settings hold, each with what to say where it is something else. */
export const size = z.custom<Size>(
  (value) => typeof value === "string" && isSize(value),
  "must be a size with its unit",
);
export const duration = z.custom<Duration>(
  (value) => typeof value === "string" && isDuration(value),
  "must be a duration with its unit",
);
export const text = z.string("must be a text");
export const flag = z.boolean("must be true or false");
export const count = z.int("must be a whole number").min(1, "must be at least 1");
/** CPUs that a process may count on. */
export const cpus = z.number("must be a number of CPUs").positive("must be above 0");
