import { childName } from "../../core/names";
import type { Workload } from "../../core/workload";
import type { Authentication, ExposedBy } from "./exposure";
import { namespaceOf, object, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";

/** All paths of one host, over TLS, to one port. */
export function ingress(
  options: KubernetesOptions,
  workload: Workload,
  { name, port, exposure }: ExposedBy<"ingress">,
): KubernetesObject {
  const { host, className, tls, authentication, grpc = false, annotations } = exposure;
  const backend = { service: { name: workload.name, port: { number: port.port } } };
  return object(options, {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    name: childName(workload.name, name),
    namespace: namespaceOf(options, workload.placement),
    workload,
    annotations: {
      // Pulumi would wait ten minutes for an address where no controller gives one.
      "pulumi.com/skipAwait": "true",
      ...(grpc && { [`${nginx}/backend-protocol`]: "GRPC" }),
      ...annotations,
      // After what the settings add, so that nothing there takes the question back.
      ...asking(authentication, `${workload.name} of ${options.name}`),
    },
    body: {
      spec: {
        ...(className !== undefined && { ingressClassName: className }),
        tls: [{ hosts: [host], secretName: tls }],
        rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
      },
    },
  });
}

const nginx = "nginx.ingress.kubernetes.io";

/** Annotation that names who asks, where an object itself cannot show it. */
export const askedBy = "sightline.dev/authentication";

/** Source: docs/user-guide/nginx-configuration/annotations.md of ingress-nginx. */
function asking(authentication: Authentication, realm: string): Readonly<Record<string, string>> {
  switch (authentication.kind) {
    case "own":
      return { [askedBy]: "own" };
    case "elsewhere":
      return { [askedBy]: authentication.by };
    case "basic":
      return {
        [`${nginx}/auth-type`]: "basic",
        [`${nginx}/auth-secret`]: authentication.secret,
        [`${nginx}/auth-realm`]: realm,
      };
    case "forward":
      return {
        [`${nginx}/auth-url`]: authentication.url,
        ...(authentication.signIn !== undefined && { [`${nginx}/auth-signin`]: authentication.signIn }),
      };
  }
}
