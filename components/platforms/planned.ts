import type { Input, Unwrap } from "@pulumi/pulumi";
import type { Secret } from "../core/workload";

/** An output of another planned object, known once that object exists. */
export class Reference {
  constructor(
    /** Logical name of the other object. */
    readonly to: string,
    readonly type: string,
    readonly output: string,
  ) {}
}

/** A secret on its way to an engine. Whoever prints a plan learns that there is one, and no more. */
export class Sealed {
  readonly #value: Input<string>;
  readonly made: string | undefined;

  constructor(
    { secret, made }: Secret,
    /** What stands in front of it: `ES_PASSWORD=`. */
    readonly prefix = "",
  ) {
    this.#value = secret;
    this.made = made;
  }

  /** For the platform that hands it over. */
  unseal(): Input<string> {
    return this.#value;
  }

  toJSON(): string {
    return `${this.prefix}[secret]`;
  }
}

/** Arguments of a resource as a plan holds them: plain, but for references and sealed secrets. */
export type Planned<Args> = Leaves<Unwrap<Args>>;

type Leaves<T> = T extends string
  ? T | Reference | Sealed
  : T extends number | boolean | null | undefined
    ? T
    : T extends readonly (infer Item)[]
      ? readonly Leaves<Item>[]
      : { readonly [K in keyof T]: Leaves<T[K]> };
