import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { lastLines } from "../build";
import { ToolchainError } from "../error";
import { run, type Tools } from "../exec";
import { clusterDomain, clusterFolder, machine, wellKnown, type Node } from "./layout";

/** Who a certificate is for. Kubernetes reads the organization as a group, the common name as a user. */
export interface Identity {
  /** Name of its files. */
  readonly file: string;
  readonly user: string;
  /** @default - none */
  readonly group?: string;
  /** Addresses and names it serves under. @default - none: it is a client */
  readonly serves?: readonly string[];
}

export const keyFile = (file: string): string => clusterFolder("pki", `${file}.key`);
export const certificateFile = (file: string): string => clusterFolder("pki", `${file}.crt`);

/** Key pair that signs tokens of ServiceAccounts. */
export const tokenKey = "tokens";

/** Everybody who has a certificate in a cluster of these nodes. */
export const identities = (nodes: readonly Node[]): Identity[] => [
  {
    file: "apiserver",
    user: "kube-apiserver",
    serves: [
      "DNS:kubernetes",
      "DNS:kubernetes.default",
      "DNS:kubernetes.default.svc",
      `DNS:kubernetes.default.svc.${clusterDomain}`,
      "DNS:localhost",
      "IP:127.0.0.1",
      `IP:${machine.address}`,
      `IP:${wellKnown.api}`,
    ],
  },
  { file: "admin", user: "admin", group: "system:masters" },
  { file: "controller-manager", user: "system:kube-controller-manager" },
  { file: "scheduler", user: "system:kube-scheduler" },
  { file: "proxy", user: "system:kube-proxy" },
  { file: "dns", user: "system:coredns" },
  ...nodes.map(({ name, address }) => ({
    file: name,
    user: `system:node:${name}`,
    group: "system:nodes",
    serves: [`DNS:${name}`, `IP:${address}`],
  })),
];

/** Makes an authority and a certificate for everybody, for as long as a test cluster may live. */
export async function makeCertificates(nodes: readonly Node[], tools: Tools = {}): Promise<void> {
  const openssl = opensslOf(tools);
  await mkdir(clusterFolder("pki"), { recursive: true, mode: 0o700 });
  if (!existsSync(certificateFile("ca"))) {
    await openssl([
      ...selfSigned,
      "-keyout",
      keyFile("ca"),
      "-out",
      certificateFile("ca"),
      "-subj",
      "/CN=sightline-cluster",
    ]);
    await openssl(["genrsa", "-out", keyFile(tokenKey), "2048"]);
  }
  await Promise.all(identities(nodes).map((identity) => issue(identity, openssl)));
}

const lifetime = ["-days", "365"];
const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
const selfSigned = ["req", "-x509", ...newKey, ...lifetime];

type OpenSsl = (args: readonly string[]) => Promise<void>;

const opensslOf =
  ({ exec = run }: Tools): OpenSsl =>
  async (args) => {
    const { code, stderr } = await exec("openssl", args);
    if (code === 0) return;
    throw new ToolchainError({
      path: "openssl",
      reason: `failed: ${lastLines(stderr, 3)}`,
      remedy: `look at \`openssl ${args.join(" ")}\``,
    });
  };

async function issue({ file, user, group, serves }: Identity, openssl: OpenSsl): Promise<void> {
  if (existsSync(certificateFile(file))) return;
  const subject = `${group === undefined ? "" : `/O=${group}`}/CN=${user}`;
  const request = clusterFolder("pki", `${file}.csr`);
  const extensions = clusterFolder("pki", `${file}.ext`);
  await writeFile(extensions, serves === undefined ? "" : `subjectAltName=${serves.join(",")}\n`);
  await openssl(["req", ...newKey, "-keyout", keyFile(file), "-out", request, "-subj", subject]);
  await openssl([
    ...["x509", "-req", "-in", request, "-CA", certificateFile("ca"), "-CAkey", keyFile("ca")],
    // Certificates are made at the same time, so numbers are drawn and not counted in a file.
    ...["-set_serial", `0x${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`, ...lifetime],
    ...["-extfile", extensions, "-out", certificateFile(file)],
  ]);
}
