import type { Port, Workload } from "../../core/workload";
import type { KubernetesOptions } from "./options";

/** The program asks by itself, as Grafana does, and OTLP with a token. */
interface Own {
  readonly kind: "own";
}

/** Something else in front, named so that whoever reads the settings can find it. */
interface Elsewhere {
  readonly kind: "elsewhere";
  readonly by: string;
}

/**
 * Who checks whoever comes in. There is no way to leave it out.
 *
 * `basic` and `forward` are annotations that ingress-nginx reads, and whatever reads the same ones. Other controllers
 * pass them by and let everybody in, so the settings have to name who checks.
 */
export type Authentication =
  | Own
  | Elsewhere
  /** User names and password hashes in a Secret of the workload's namespace, under the key `auth`. */
  | { readonly kind: "basic"; readonly by: "ingress-nginx"; readonly secret: string }
  /** A service that answers 2xx for whoever may come in: oauth2-proxy, Authelia. */
  | { readonly kind: "forward"; readonly by: "ingress-nginx"; readonly url: string; readonly signIn?: string };

/** How the outside of a stack reaches a port. */
export type Exposure =
  /** Pods of every namespace of the cluster, or of those with these labels. */
  | { readonly kind: "cluster"; readonly namespaces?: Readonly<Record<string, string>> }
  /** An Ingress with TLS. */
  | {
      readonly kind: "ingress";
      readonly host: string;
      /** @default - the cluster's default class */
      readonly className?: string;
      /** Secret with the certificate, in the workload's namespace. */
      readonly tls: string;
      readonly authentication: Authentication;
      /** The port speaks gRPC. Said to ingress-nginx; other controllers are told by `annotations`. @default false */
      readonly grpc?: boolean;
      readonly annotations?: Readonly<Record<string, string>>;
      /** Labels of the namespace in which the controller's pods run. */
      readonly from: Readonly<Record<string, string>>;
    }
  /** A route of the Gateway API: HTTPRoute, or GRPCRoute for a port of gRPC. */
  | {
      readonly kind: "route";
      readonly host: string;
      /** `section` is the listener that ends TLS: without it, a route is also heard by one that does not. */
      readonly gateway: { readonly name: string; readonly namespace: string; readonly section: string };
      /** The Gateway API has no stable way to ask somebody else. */
      readonly authentication: Own | Elsewhere;
      /** @default false */
      readonly grpc?: boolean;
      /** Labels of the namespace in which the gateway's pods run. */
      readonly from: Readonly<Record<string, string>>;
    }
  /** A load balancer of the cloud, straight to the port, which has to ask by itself. */
  | {
      readonly kind: "load-balancer";
      /** Who ends TLS: no program of a stack does, so it is the load balancer, told by its annotations. */
      readonly tls: { readonly by: string };
      readonly annotations?: Readonly<Record<string, string>>;
      /** Address ranges that may come in, as they arrive at the pods. @default - all */
      readonly sources?: readonly string[];
    };

/** A port of a workload, and how the settings expose it. */
export interface Exposed<E extends Exposure = Exposure> {
  /** Name of the port. */
  readonly name: string;
  readonly port: Port;
  readonly exposure: E;
}

/** The ports of a workload that the settings expose. */
export const exposuresOf = ({ expose = {} }: KubernetesOptions, workload: Workload): readonly Exposed[] =>
  Object.entries(workload.ports).flatMap(([name, port]) => {
    const exposure = expose[`${workload.name}/${name}`];
    return exposure === undefined ? [] : [{ name, port, exposure }];
  });

/** A port exposed in one certain way. */
export type ExposedBy<K extends Exposure["kind"]> = Exposed<Extract<Exposure, { kind: K }>>;
