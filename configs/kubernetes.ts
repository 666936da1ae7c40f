import { z } from "zod";
import type { WrittenKubernetesOptions } from "../components/platforms/kubernetes/options";
import { flag, text } from "./values";

const texts = z.record(z.string(), text, "must be a map of strings");

/**
 * Where on Kubernetes a stack runs. What stands in `expose` and `scheduling` is checked by the platform, which
 * knows ports and workloads.
 */
export const kubernetes = z.strictObject({
  minAvailable: z.record(z.string(), z.number("must be a number"), "must map workloads to numbers").optional(),
  namespace: text.optional(),
  agentNamespace: text.optional(),
  nodeNamespace: text.optional(),
  createNamespaces: flag.optional(),
  kubeconfig: text.optional(),
  context: text.optional(),
  labels: texts.optional(),
  annotations: texts.optional(),
  storageClass: text.optional(),
  priorityClass: text.optional(),
  imagePullSecrets: z.array(text, "must be a list of names").optional(),
  secretsVersion: z.int("must be a whole number").optional(),
  scheduling: z.record(z.string(), z.unknown(), "must map workloads to scheduling rules").optional(),
  runAs: z.enum(["image", "platform"], "must be image or platform").optional(),
  clusterDomain: text.optional(),
  expose: z.record(z.string(), z.unknown(), "must map ports to how each is exposed").optional(),
} satisfies Readonly<Record<keyof WrittenKubernetesOptions, z.ZodType>>);
