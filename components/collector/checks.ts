import { hostPort, type Endpoint } from "../core/platform";
import type { Problem } from "../core/problems";
import { inBytes, inMilliseconds, type Duration, type Size } from "../core/units";

/** Checks of options. What is left out is well; the rest comes back as problems, never as an exception. */
export const unless = (fine: boolean, problem: Problem): Problem[] => (fine ? [] : [problem]);

export const size = (path: string, value: Size | undefined): Problem[] =>
  unless(value === undefined || inBytes(value) > 0, {
    path,
    value,
    reason: "not a size",
    remedy: 'write it with its unit, as "2 GiB"',
  });

export const duration = (path: string, value: Duration | undefined): Problem[] =>
  unless(value === undefined || inMilliseconds(value) > 0, {
    path,
    value,
    reason: "not a duration",
    remedy: 'write it with its unit, as "30s"',
  });

export const count = (path: string, value: number | undefined): Problem[] =>
  unless(value === undefined || (Number.isSafeInteger(value) && value > 0), {
    path,
    value,
    reason: "not a whole number above zero",
    remedy: "write 1 or more",
  });

export const percentage = (path: string, value: number): Problem[] =>
  unless(value >= 0 && value <= 100, {
    path,
    value,
    reason: "not a percentage",
    remedy: "write a number from 0 to 100",
  });

/** An endpoint of what has neither schemes nor paths, or no paths alone. */
export const bare = (path: string, to: Endpoint, { scheme = false } = {}): Problem[] =>
  unless(to.path === undefined && (scheme || to.secure === undefined || to.of !== undefined), {
    path,
    value: to.path ?? (to.secure ? "https" : "http"),
    reason: to.path === undefined ? "this address takes no scheme" : "this address takes no path",
    remedy: `write "${hostPort(to)}"`,
  });

/** A list that must hold something: types say so too, but a list from a file has none. */
export const some = (path: string, value: readonly unknown[], remedy: string): Problem[] =>
  unless(value.length > 0, { path, reason: "empty", remedy });
