/** Who checks whoever comes in. There is no way to leave it out. */
export type Authentication =
  /** The program asks by itself, as Grafana does, and OTLP with a token. */
  | { readonly kind: "own" }
  /** User names and password hashes in a Secret of the stack's namespace, checked by ingress-nginx. */
  | { readonly kind: "basic"; readonly secret: string }
  /** A service that answers 2xx for whoever may come in, asked by ingress-nginx: oauth2-proxy, Authelia. */
  | { readonly kind: "forward"; readonly url: string; readonly signIn?: string }
  /** Something else in front, named so that whoever reads the settings can find it. */
  | { readonly kind: "elsewhere"; readonly by: string };

/** How the outside of a stack reaches a port. */
export type Exposure =
  /** Pods of every namespace of the cluster, or of those with these labels. */
  | { readonly kind: "cluster"; readonly namespaces?: Readonly<Record<string, string>> }
  /** An Ingress with TLS. `tls` names a Secret with its certificate. */
  | {
      readonly kind: "ingress";
      readonly host: string;
      readonly className?: string;
      readonly tls: string;
      readonly authentication: Authentication;
      readonly annotations?: Readonly<Record<string, string>>;
      /** Labels of the namespace in which the controller's pods run. */
      readonly from: Readonly<Record<string, string>>;
    }
  /** A route of the Gateway API: HTTPRoute, or GRPCRoute for a port of gRPC. TLS ends at the gateway. */
  | {
      readonly kind: "route";
      readonly host: string;
      readonly gateway: { readonly name: string; readonly namespace: string; readonly section?: string };
      readonly authentication: Authentication;
      readonly grpc?: boolean;
      readonly from: Readonly<Record<string, string>>;
    }
  /** A load balancer of the cloud, straight to the port; the program has to encrypt and authenticate by itself. */
  | {
      readonly kind: "load-balancer";
      readonly annotations?: Readonly<Record<string, string>>;
      /** Address ranges that may come in. @default - all */
      readonly sources?: readonly string[];
    };
