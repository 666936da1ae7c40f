import type { Input, Output } from "@pulumi/pulumi";

/**
 * Goes on with a value now where it is there, and once it is known where it is an output or a promise. So a description
 * of services needs no Pulumi, and what is known already stays visible in a preview.
 */
export function later<T, U>(value: Input<T>, next: (value: T) => Input<U>): Input<U> {
  if (isOutput(value)) return value.apply(next as (value: unknown) => U) as Output<U>;
  if (value instanceof Promise) return value.then(next as (value: T) => U);
  return next(value as T);
}

/** Whether a value is there now. */
export const isKnown = <T>(value: Input<T>): value is T => !isOutput(value) && !(value instanceof Promise);

/** As Pulumi itself knows its outputs, those of another copy of the SDK included. */
const isOutput = (value: unknown): value is Output<unknown> =>
  typeof value === "object" && value !== null && (value as { __pulumiOutput?: unknown }).__pulumiOutput === true;
