/**
 * What a processor does with a record on which OTTL fails: `ignore` logs it and goes on, `silent` goes on, `propagate`
 * drops the whole request.
 *
 * Source: pkg/ottl/README.md of the Collector's contrib repository.
 */
export type ErrorMode = "ignore" | "silent" | "propagate";
