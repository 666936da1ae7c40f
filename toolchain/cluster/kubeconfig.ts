import { readFile, writeFile } from "node:fs/promises";
import { yaml } from "../../components/core/config";
import { certificateFile, keyFile } from "./certificates";
import { apiUrl, clusterFolder, clusterKubeconfig } from "./layout";

/** Keys and certificates of a client, in PEM. */
export interface Credentials {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** A kubeconfig for one user, which needs no other file. */
export const kubeconfig = ({ authority, certificate, key }: Credentials): string =>
  yaml({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "sightline", cluster: { server: apiUrl, "certificate-authority-data": base64(authority) } }],
    users: [
      { name: "sightline", user: { "client-certificate-data": base64(certificate), "client-key-data": base64(key) } },
    ],
    contexts: [{ name: "sightline", context: { cluster: "sightline", user: "sightline" } }],
    "current-context": "sightline",
  });

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** Where the kubeconfig of a part of the cluster is. */
export const kubeconfigOf = (file: string): string =>
  file === "admin" ? clusterKubeconfig() : clusterFolder("pki", `${file}.kubeconfig`);

/** Writes the kubeconfig of everybody who has a certificate. */
export async function writeKubeconfigs(files: readonly string[]): Promise<void> {
  const authority = await readFile(certificateFile("ca"), "utf8");
  await Promise.all(
    files.map(async (file) => {
      const certificate = await readFile(certificateFile(file), "utf8");
      const key = await readFile(keyFile(file), "utf8");
      await writeFile(kubeconfigOf(file), kubeconfig({ authority, certificate, key }), { mode: 0o600 });
    }),
  );
}
