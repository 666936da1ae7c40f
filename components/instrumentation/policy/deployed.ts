/** A workload as an engine is about to get it: plain values, of which some may not be known in a preview. */
export interface Deployed {
  /** Pulumi type token: `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  /** What it is called: `shop/orders`, or the name of a container. */
  readonly name: string;
  /** Whether it serves for as long as it is there. Jobs come and go, and nobody waits for them. */
  readonly serves: boolean;
  /** Where its name has to be its own. */
  readonly namespace: string;
  /** Annotations of the workload and of its pods; labels on Docker. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly containers: readonly DeployedContainer[];
}

export interface DeployedContainer {
  /** @default - not known yet, or on Docker, where there is one */
  readonly name: string | undefined;
  /** @default - not known yet */
  readonly image: () => string | undefined;
  /** Program and arguments, where they are not the image's own. */
  readonly words: () => readonly string[];
  /** Where its variables stand: `spec.template.spec.containers[0].env`. */
  readonly path: string;
  readonly variables: readonly string[];
  /** Read when it is asked for: another variable may not be known yet. @default - it is not there, or comes from elsewhere */
  readonly value: (variable: string) => string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Kinds that run pods, and where their pod is. */
const kinds: readonly (readonly [kind: RegExp, path: readonly string[]])[] = [
  [/^kubernetes:apps\/v1:(Deployment|StatefulSet|DaemonSet|ReplicaSet)$/, ["spec", "template"]],
  [/^kubernetes:core\/v1:Pod$/, []],
  [/^kubernetes:batch\/v1:Job$/, ["spec", "template"]],
  [/^kubernetes:batch\/v1(beta1)?:CronJob$/, ["spec", "jobTemplate", "spec", "template"]],
];
const docker = "docker:index/container:Container";

/** A resource as a workload. @default - it is none */
export function deployed(type: string, props: Fields): Deployed | undefined {
  if (type === docker) return onDocker(type, props);
  const [, way] = kinds.find(([kind]) => kind.test(type)) ?? [];
  if (way === undefined) return undefined;
  const path = [...way, "spec"].join(".");
  const pod = way.reduce((inner, field) => fields(inner[field]), props);
  const [own, inner] = [fields(props["metadata"]), fields(pod["metadata"])];
  const namespace = text(own["namespace"]) ?? "default";
  const name = text(own["name"]) ?? text(own["generateName"]) ?? "";
  return {
    type,
    name: `${namespace}/${name}`,
    serves: !type.startsWith("kubernetes:batch/"),
    namespace,
    annotations: { ...texts(own["annotations"]), ...texts(inner["annotations"]) },
    labels: { ...texts(own["labels"]), ...texts(inner["labels"]) },
    containers: list(fields(pod["spec"])["containers"]).map((container, i) => {
      const env = list(container["env"]);
      return {
        name: text(container["name"]),
        image: () => text(container["image"]),
        words: () => words(container["command"], container["args"]),
        path: `${path}.containers[${i}].env`,
        variables: env.map((entry) => text(entry["name"]) ?? ""),
        value: (variable) => text(env.findLast((entry) => entry["name"] === variable)?.["value"]),
      };
    }),
  };
}

function onDocker(type: string, props: Fields): Deployed {
  const envs = Array.isArray(props["envs"]) ? ([...(props["envs"] as unknown[])] as unknown[]) : [];
  const pairs = envs.map((entry) => String(entry)).map((entry) => [entry.split("=", 1)[0]!, entry] as const);
  const labels = Object.fromEntries(list(props["labels"]).map(({ label, value }) => [String(label), String(value)]));
  return {
    type,
    name: text(props["name"]) ?? "",
    serves: true,
    namespace: "",
    annotations: labels,
    labels,
    containers: [
      {
        name: undefined,
        image: () => text(props["image"]),
        words: () => words(props["entrypoints"], props["command"]),
        path: "envs",
        variables: pairs.map(([name]) => name),
        value: (variable) => pairs.findLast(([name]) => name === variable)?.[1].slice(variable.length + 1),
      },
    ],
  };
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const fields = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const words = (...lists: readonly unknown[]): readonly string[] =>
  lists
    .flatMap((list) => (Array.isArray(list) ? [...(list as unknown[])] : []))
    .filter((word) => typeof word === "string");
const texts = (value: unknown) => fields(value) as Readonly<Record<string, string>>;
const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? [...(value as unknown[])].map(fields) : []);
