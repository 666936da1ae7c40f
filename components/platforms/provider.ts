import type { ComponentResource, ProviderResource } from "@pulumi/pulumi";
import type { Problem } from "../core/problems";

/** How a platform is reached, in place of all that it says itself. */
export interface Provided {
  /**
   * The provider that everything is registered with. A component's own, or its parents', goes before it.
   *
   * @default - one that the platform makes
   */
  readonly provider?: ProviderResource;
  /**
   * Begins the names by which Pulumi knows all that is on the platform, `blue-`: so that one program may run workloads of the
   * same names on two platforms. Names on the machine or cluster stay. A change replaces everything.
   *
   * @default - they begin with nothing else
   */
  readonly logicalPrefix?: string;
}

/** Which provider all components of one platform have in common. */
export class Common {
  #first: { readonly provider: ProviderResource | undefined } | undefined;

  constructor(
    /** Type of an object of the platform, by which Pulumi finds a provider. */
    readonly type: string,
    readonly options: Provided,
    /** Options that say the same as a provider does. */
    readonly instead: Readonly<Record<string, unknown>>,
  ) {}

  /** What a component was given, looked for as Pulumi does: its options, those of its parents, then the platform's. */
  of(component: ComponentResource): ProviderResource | undefined {
    return component.getProvider(this.type) ?? this.options.provider;
  }

  /** A provider beside what it would take the place of, and components that would part from each other. */
  problems(component: ComponentResource): Problem[] {
    const provider = this.of(component);
    const said = Object.keys(this.instead).filter((option) => this.instead[option] !== undefined);
    const problems: Problem[] = [];
    if (provider !== undefined && said.length > 0) {
      problems.push({
        path: "provider",
        reason: `given together with ${said.join(" and ")}, which it replaces`,
        remedy: "remove one of them",
      });
    }
    if (this.#first !== undefined && this.#first.provider !== provider) {
      problems.push({
        path: "provider",
        reason: "differs from the provider of earlier components, with which it shares resources of the stack",
        remedy: "pass it to the platform or to all of its components; use a second platform for another provider",
      });
    }
    return problems;
  }

  /** Remembers what the first component was given. */
  keep(component: ComponentResource): ProviderResource | undefined {
    this.#first ??= { provider: this.of(component) };
    return this.#first.provider;
  }
}
