import type { Problem } from "../../core/problems";
import { nameProblems } from "../check-workload";
import { agentNamespace, mainNamespace, nodeNamespace } from "./objects";
import type { KubernetesOptions } from "./options";

// Source of all patterns: apimachinery/pkg/util/validation of Kubernetes.
const label = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
const isDnsLabel = (text: string): boolean => new RegExp(`^${label}$`).test(text);
const isDnsName = (text: string): boolean => text.length <= 253 && new RegExp(`^${label}(\\.${label})*$`).test(text);
const qualified = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const isLabelValue = (text: string): boolean => text === "" || qualified.test(text);

/** `name` or `prefix/name`. */
function isKey(text: string): boolean {
  const parts = text.split("/");
  return parts.length <= 2 && qualified.test(parts.at(-1)!) && (parts.length === 1 || isDnsName(parts[0]!));
}

/** What is wrong with where a stack is to run. */
export const optionProblems = (options: KubernetesOptions): Problem[] => [
  ...nameProblems(options.name),
  ...namespaceProblems(options),
  ...labelProblems(options),
  ...annotationProblems(options),
  ...nameOptions(options),
  ...versionProblems(options),
];

function namespaceProblems(options: KubernetesOptions): Problem[] {
  const problems: Problem[] = [];
  const named = {
    namespace: mainNamespace(options),
    agentNamespace: agentNamespace(options),
    nodeNamespace: nodeNamespace(options),
  };
  for (const [path, value] of Object.entries(named)) {
    // Without one of its own it follows the name, of which all is said.
    const own = options[path as keyof typeof named] !== undefined;
    if (own && !isDnsLabel(value)) {
      problems.push({
        path,
        value,
        reason: "not a valid namespace name",
        remedy: "use at most 63 lower case letters, digits and hyphens",
      });
    }
    if (options.createNamespaces !== false && (value === "default" || value.startsWith("kube-"))) {
      problems.push({
        path,
        value,
        reason: "belongs to the cluster: if the stack created it, the stack would also delete it",
        remedy: "choose another namespace, or set createNamespaces to false",
      });
    }
  }
  const taken = new Map<string, string>();
  for (const [path, value] of Object.entries(named)) {
    const other = taken.get(value);
    taken.set(value, path);
    if (other === undefined) continue;
    problems.push({
      path,
      value,
      reason: `that of ${other}: Pod Security lets what reads files of a node do what nothing else may, and it knows namespaces alone`,
      remedy: "give each a namespace of its own",
    });
  }
  return problems;
}

/** Labels by which objects are found, and which nobody else may set. */
const ours =
  /^(app\.kubernetes\.io\/(name|part-of|managed-by|version)|sightline\.dev\/.*|pod-security\.kubernetes\.io\/.*)$/;

const labelProblems = ({ labels = {} }: KubernetesOptions): Problem[] =>
  Object.entries(labels).flatMap(([key, value]): Problem[] => {
    if (!isKey(key)) return [badKey(`labels.${key}`)];
    if (ours.test(key)) return [{ path: `labels.${key}`, reason: "set by the stack", remedy: "remove it" }];
    if (typeof value === "string" && isLabelValue(value)) return [];
    return [
      {
        path: `labels.${key}`,
        value,
        reason: "not a valid label value",
        remedy: "use at most 63 letters, digits, -, _ and ., with a letter or digit at both ends",
      },
    ];
  });

const annotationProblems = ({ annotations = {} }: KubernetesOptions): Problem[] =>
  Object.entries(annotations).flatMap(([key, value]): Problem[] => {
    if (!isKey(key)) return [badKey(`annotations.${key}`)];
    if (typeof value === "string") return [];
    return [{ path: `annotations.${key}`, value, reason: "not a string", remedy: "put it in quotes" }];
  });

const badKey = (path: string): Problem => ({
  path,
  reason: "not a valid key",
  remedy: "write it as name or example.com/name; the name may have at most 63 letters, digits, -, _ and .",
});

function nameOptions({
  storageClass,
  priorityClass,
  clusterDomain,
  imagePullSecrets = [],
}: KubernetesOptions): Problem[] {
  const names: (readonly [string, string | undefined])[] = [
    ...Object.entries({ storageClass, priorityClass, clusterDomain }),
    ...imagePullSecrets.map((name, i) => [`imagePullSecrets.${i}`, name] as const),
  ];
  return names
    .filter(([, value]) => value !== undefined && !isDnsName(value))
    .map(([path, value]) => ({
      path,
      value,
      reason: "not a DNS name",
      remedy: "use lower case letters, digits, hyphens and dots, or remove it",
    }));
}

const versionProblems = ({ secretsVersion = 1 }: KubernetesOptions): Problem[] =>
  Number.isInteger(secretsVersion) && secretsVersion > 0
    ? []
    : [
        {
          path: "secretsVersion",
          value: secretsVersion,
          reason: "not a valid version",
          remedy: "write 1, and increase it with each new password",
        },
      ];
