import type { Input } from "@pulumi/pulumi";
import { later } from "./later";

/** What objects say of themselves, of the innermost first. */
export interface Metadata {
  readonly name?: Input<string>;
  readonly labels?: Input<Readonly<Record<string, Input<string>>>>;
  readonly annotations?: Input<Readonly<Record<string, Input<string>>>>;
}

/** Where a pod says which namespace of services it belongs to. */
export const namespaceAnnotation = "resource.opentelemetry.io/service.namespace";

type Texts = Readonly<Record<string, Input<string> | undefined>>;

/**
 * What annotations and labels of a pod say of a service, by the rules that the operator of OpenTelemetry follows.
 *
 * Source: OpenTelemetry semantic conventions, "Specify resource attributes using Kubernetes annotations".
 */
export const identity = <U>(
  { annotations = {}, labels = {} }: Metadata,
  next: (said: { readonly [key in "name" | "namespace" | "version"]?: Input<string> }) => Input<U>,
): Input<U> =>
  later(annotations as Input<Texts>, (annotated) =>
    later(labels as Input<Texts>, (labelled) => {
      const name =
        annotated["resource.opentelemetry.io/service.name"] ??
        labelled["app.kubernetes.io/instance"] ??
        labelled["app.kubernetes.io/name"];
      const namespace = annotated[namespaceAnnotation];
      const version = annotated["resource.opentelemetry.io/service.version"] ?? labelled["app.kubernetes.io/version"];
      return next({
        ...(name !== undefined && { name }),
        ...(namespace !== undefined && { namespace }),
        ...(version !== undefined && { version }),
      });
    }),
  );
