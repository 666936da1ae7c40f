import { isIP } from "node:net";
import { z } from "zod";
import { isDuration, isPercent, isSize, type Duration, type Percent, type Size } from "../components/core/units";

/**
 * A text of a form that a function knows. `type` is what a JSON schema says of it, since it cannot say the function.
 *
 * @param must what to say where a value is something else
 */
export const textThat = <T extends string>(is: (value: string) => boolean, must: string) =>
  z.custom<T>((value) => typeof value === "string" && is(value), must).meta({ type: "string" });

/** Values that several settings hold, each with what to say where it is something else. */
export const size = textThat<Size>(isSize, "must be a size with its unit");
export const duration = textThat<Duration>(isDuration, "must be a duration with its unit");
export const percent = textThat<Percent>(isPercent, "must be a percentage with its unit");
export const address = textThat(isIPAddress, "must be an IP address");
export const text = z.string("must be a string");
export const flag = z.boolean("must be true or false");
export const count = z.int("must be a whole number").min(1, "must be at least 1");
export const port = z.int("must be a whole number").min(1, "must be at least 1").max(65535, "must be at most 65535");
/** CPUs that a process may count on. */
export const cpus = z.number("must be a number of CPUs").positive("must be above 0");

/** A setting that may be a Pulumi secret: an Output in a program, a plain text elsewhere. */
export type Input = NonNullable<unknown>;
export const input = z.custom<Input>((value) => value !== "", "must not be empty");

function isIPAddress(value: string): boolean {
  return isIP(value) !== 0;
}
