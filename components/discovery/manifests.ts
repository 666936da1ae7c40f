import { isFields, typeToken, type Fields } from "../core/manifests";
import { readAttributes } from "../instrumentation/attributes";
import { deployed, type Deployed, type DeployedContainer } from "../instrumentation/policy/deployed";
import { isTraced } from "../instrumentation/policy/rules";
import { isPassive } from "./passive";
import { criticalities, type FoundService } from "./service";

/** How a runtime is recognised: given by who knows images and programs. */
export type Recognise = (container: DeployedContainer) => string | undefined;

/**
 * Services among objects of Kubernetes: what serves, under which names it is called, what opens it, and what its settings
 * mention.
 *
 * @param all where Services, routes and ConfigMaps are looked for
 */
export function servicesInManifests(
  objects: readonly Fields[],
  source: string,
  recognise: Recognise,
  all: readonly Fields[] = objects,
): FoundService[] {
  const ways = all.flatMap(entryWays);
  return objects.flatMap((object) => {
    const workload = deployed(typeToken(object), object);
    if (workload === undefined || !workload.serves) return [];
    const fronts = all.filter((other) => other["kind"] === "Service" && selects(other, workload));
    const names = fronts.map((front) => nameOf(front));
    const own = workload.name.split("/").at(-1)!;
    return {
      ...said(workload, own),
      namespace: workload.namespace,
      source,
      replicas: Number(at(object, "spec", "replicas") ?? 1),
      addresses: [...new Set([own, ...names.flatMap((name) => [name, `${name}.${workload.namespace}`])])],
      exposedBy: [
        ...fronts.filter(opens).map((front) => `Service ${nameOf(front)}`),
        ...ways
          .filter(({ namespace, to }) => namespace === workload.namespace && names.includes(to))
          .map(({ by }) => by),
      ],
      mentions: [...workload.containers.flatMap(textsOf), ...fromConfigMaps(object, all)],
      ...runtimeOf(workload, recognise),
    };
  });
}

/** What a workload says of itself. */
export function said(
  workload: Deployed,
  own: string,
): Pick<FoundService, "name" | "image" | "coverage" | "criticality" | "passive"> {
  const { containers } = workload;
  const attributes = containers.flatMap(({ value }) => readAttributes(value("OTEL_RESOURCE_ATTRIBUTES") ?? "") ?? []);
  const attribute = (wanted: string) => attributes.find(([key]) => key === wanted)?.[1];
  const name = containers.flatMap(({ value }) => value("OTEL_SERVICE_NAME") ?? []).at(0);
  const image = containers[0]?.image();
  const criticality = criticalities.find((one) => one === attribute("service.criticality"));
  return {
    name: name ?? attribute("service.name") ?? own,
    ...(image !== undefined && { image, ...(isPassive(image) && { passive: true }) }),
    // Whether by hand too, only its spans say.
    coverage: isTraced(workload) ? "automatic" : "none",
    ...(criticality !== undefined && { criticality }),
  };
}

export const runtimeOf = ({ containers }: Deployed, recognise: Recognise): Pick<FoundService, "runtime"> => {
  const runtime = containers.flatMap((container) => recognise(container) ?? []).at(0);
  return runtime === undefined ? {} : { runtime };
};

export const textsOf = ({ variables, value, words }: DeployedContainer): string[] => [
  ...variables.filter((name) => !name.startsWith("OTEL_")).flatMap((name) => value(name) ?? []),
  ...words().map((word) => word.replace(/^--?[\w-]+=/, "")),
];

/** Values of each ConfigMap that variables of the pod come from. */
function fromConfigMaps(object: Fields, objects: readonly Fields[]): string[] {
  const wanted = [...under(object, "configMapRef"), ...under(object, "configMapKeyRef")].map(({ name }) => name);
  return objects
    .filter((other) => other["kind"] === "ConfigMap" && wanted.includes(nameOf(other)))
    .flatMap((map) => Object.values(fieldsOf(map["data"])).map(String));
}

/** A Service that callers outside the cluster reach by itself. */
const opens = (service: Fields): boolean =>
  ["LoadBalancer", "NodePort"].includes(String(at(service, "spec", "type") ?? "ClusterIP"));

/** Where the backends of what opens a cluster stand, by kind: Ingress, routes of the Gateway API, Traefik's own. */
const backends: Readonly<Record<string, string>> = {
  Ingress: "service",
  HTTPRoute: "backendRefs",
  GRPCRoute: "backendRefs",
  IngressRoute: "services",
};

/** Services that an Ingress or a route leads to. */
function entryWays(object: Fields): { readonly by: string; readonly namespace: string; readonly to: string }[] {
  const key = backends[String(object["kind"])];
  if (key === undefined) return [];
  const names = new Set(under(object["spec"], key).map(({ name }) => String(name)));
  const by = `${String(object["kind"])} ${nameOf(object)}`;
  return [...names].map((to) => ({ by, namespace: namespaceOf(object), to }));
}

/** What stands under a key, at any depth: one object, or each of a list. */
function under(value: unknown, key: string): Fields[] {
  if (Array.isArray(value)) return value.flatMap((item) => under(item, key));
  return Object.entries(fieldsOf(value)).flatMap(([name, item]) => [
    ...(name === key ? [item].flat().map(fieldsOf) : []),
    ...under(item, key),
  ]);
}

/** Whether a Service picks the pods of a workload. */
function selects(service: Fields, { namespace, labels }: Deployed): boolean {
  const wanted = Object.entries(fieldsOf(at(service, "spec", "selector")));
  return (
    namespaceOf(service) === namespace && wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)
  );
}

const nameOf = (object: Fields): string => String(at(object, "metadata", "name") ?? "");
const namespaceOf = (object: Fields): string => String(at(object, "metadata", "namespace") ?? "default");
const at = (object: Fields, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => fieldsOf(inner)[key], object);
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
