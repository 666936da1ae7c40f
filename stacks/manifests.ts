import { yaml, type Config } from "../components/core/config";
import { refuse, type Problem } from "../components/core/problems";
import type { PlannedObject } from "../components/core/platform";
import { Sealed } from "../components/platforms/planned";
import type { Manifest } from "../components/platforms/kubernetes/objects";

/** A Secret that manifests refer to and do not hold. */
export interface WantedSecret {
  readonly name: string;
  readonly namespace: string;
  /** In the order of the plan. */
  readonly keys: readonly string[];
  /** How those are made that follow from one password, as words of a shell. */
  readonly made: Readonly<Record<string, string>>;
  /** Workload that reads it. */
  readonly workload: string;
}

/** Plain manifests of a stack. */
export interface Manifests {
  /** Text by path, `kustomization.yaml` and `SECRETS.md` among them. */
  readonly files: Readonly<Record<string, string>>;
  readonly secrets: readonly WantedSecret[];
}

/**
 * What a plan would create on Kubernetes as files for `kubectl apply -k`: one an object, in the folder of its workload.
 * Values of Secrets are not in it, and so Secrets are not: they are listed, to be supplied.
 *
 * @throws Refusal where anything but a Secret holds a secret value
 */
export function manifests(stack: string, objects: readonly PlannedObject[]): Manifests {
  const all = objects.map(({ inputs }) => inputs as Manifest);
  const shown = all.filter(({ kind }) => kind !== "Secret");
  refuse(`manifests of stack "${stack}"`, shown.flatMap(unsealed));
  const ordered = [...shown.filter(isNamespace), ...shown.filter((manifest) => !isNamespace(manifest))];
  const paths = pathsOf(ordered);
  const secrets = all.filter(({ kind }) => kind === "Secret").map(wanted);
  return {
    files: {
      ...Object.fromEntries(ordered.map((manifest, i) => [paths[i]!, yaml(plain(manifest))])),
      "kustomization.yaml": kustomization(paths),
      "SECRETS.md": secretsPage(stack, secrets),
    },
    secrets,
  };
}

const isNamespace = ({ kind }: Manifest): boolean => kind === "Namespace";

/** As the API server is sent it: keys that are undefined are left out. */
const plain = (manifest: Manifest): Config => JSON.parse(JSON.stringify(manifest)) as Config;

/** kustomize sorts by kind; the order of the list is for whoever applies file by file. */
const kustomization = (paths: readonly string[]): string =>
  yaml({
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: paths,
  });

/** `jaeger/statefulset-jaeger.yaml`; with the namespace where two would be called the same. */
function pathsOf(all: readonly Manifest[]): string[] {
  const short = all.map(({ kind, metadata: { name, labels } }) => {
    const workload = labels["app.kubernetes.io/name"] ?? "stack";
    return `${workload}/${kind.toLowerCase()}-${name.replaceAll(/[^\w.-]/g, "-")}`;
  });
  return short.map((path, i) => {
    const isShared = short.some((other, j) => other === path && j !== i);
    return `${path}${isShared ? `-${all[i]!.metadata.namespace ?? "cluster"}` : ""}.yaml`;
  });
}

function wanted({ metadata: { name, namespace = "default", labels }, ...rest }: Manifest): WantedSecret {
  const held = Object.entries({ ...(rest["data"] ?? {}), ...(rest["stringData"] ?? {}) });
  return {
    name,
    namespace,
    keys: held.map(([key]) => key),
    made: Object.fromEntries(
      held.flatMap(([key, value]) => (value instanceof Sealed && value.made !== undefined ? [[key, value.made]] : [])),
    ),
    workload: labels["app.kubernetes.io/name"] ?? "stack",
  };
}

const unsealed = (manifest: Manifest): Problem[] =>
  holdsSealed(manifest)
    ? [
        {
          path: `${manifest.kind} ${manifest.metadata.name}`,
          reason: "a secret value is outside a Secret",
          remedy: "pass it to the workload as an environment variable or a file",
        },
      ]
    : [];

const holdsSealed = (value: unknown): boolean =>
  value instanceof Sealed ||
  (typeof value === "object" && value !== null && Object.values(value).some((held) => holdsSealed(held)));

/** What has to be supplied beside the manifests, and how. */
function secretsPage(stack: string, secrets: readonly WantedSecret[]): string {
  if (secrets.length === 0) return `# Secrets of ${stack}\n\nNone.\n`;
  const rows = secrets.map(
    ({ name, namespace, keys, workload }) =>
      `| \`${name}\` | \`${namespace}\` | ${keys.map((key) => `\`${key}\``).join(", ")} | ${workload} |`,
  );
  return `# Secrets of ${stack}

These manifests refer to Secrets and do not hold them. Supply each, in its namespace, before or after the rest: pods wait
for it.

| Secret | namespace | keys | read by |
| --- | --- | --- | --- |
${rows.join("\n")}

By hand, after the namespaces exist, with a value of yours for each \`…\` (\`openssl rand -hex 24\` makes a password). The stores of a
stack and all that ask them share one password; \`htpasswd\` is of the package apache2-utils:

\`\`\`sh
PASSWORD=$(openssl rand -hex 24)
${secrets.map(created).join("\n")}
\`\`\`

Or from a store of secrets, with the External Secrets Operator:

\`\`\`yaml
${secrets.map((secret) => yaml(externalSecret(stack, secret))).join("---\n")}\`\`\`

When a value changes, raise \`secretsVersion\` in the settings and render again: pods read a Secret when they start.
`;
}

const created = ({ name, namespace, keys, made }: WantedSecret): string =>
  [
    `kubectl --namespace ${namespace} create secret generic ${name}`,
    ...keys.map((key) => `  --from-literal=${key}=${made[key] ?? "'…'"}`),
  ].join(" \\\n");

const externalSecret = (stack: string, { name, namespace, keys }: WantedSecret): Config => ({
  apiVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  metadata: { name, namespace },
  spec: {
    secretStoreRef: { kind: "ClusterSecretStore", name: "<your store>" },
    target: { name },
    data: keys.map((key) => ({
      secretKey: key,
      remoteRef: { key: `${stack}/${name}`, property: key },
    })),
  },
});
