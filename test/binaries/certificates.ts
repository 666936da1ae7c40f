import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";

/** Certificates of one authority, in a folder. */
export interface Authority {
  /** PEM of a certificate or a key that was issued: `ca`, `server-key`. */
  pem(name: string): string;
  /** Issues a certificate for 127.0.0.1 that is good until then. */
  issue(name: string, until: Date): Promise<void>;
}

const config = (folder: string): string => `
[ca]
default_ca = authority
[authority]
database = ${folder}/index
new_certs_dir = ${folder}
rand_serial = yes
default_md = sha256
unique_subject = no
policy = anybody
x509_extensions = leaf
[anybody]
commonName = supplied
[leaf]
subjectAltName = IP:127.0.0.1
basicConstraints = CA:FALSE
`;

/** `20260131235959Z`. */
const written = (date: Date): string => `${date.toISOString().replace(/[-:T]|\..*/g, "")}Z`;

/** An authority of the test's own. Its certificates may be good for seconds, which `openssl req` cannot have. */
export async function authority(folder: string): Promise<Authority> {
  mkdirSync(folder, { recursive: true });
  const file = (name: string) => join(folder, name);
  writeFileSync(file("index"), "");
  writeFileSync(file("config"), config(folder));
  const request = (name: string) => [
    "req",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-subj",
    `/CN=${name}`,
    "-keyout",
    file(`${name}-key.pem`),
  ];
  await execa("openssl", [...request("ca"), "-x509", "-days", "2", "-out", file("ca.pem")]);
  return {
    pem: (name) => readFileSync(file(`${name}.pem`), "utf8"),
    async issue(name, until) {
      await execa("openssl", [...request(name), "-out", file(`${name}.csr`)]);
      const signed = ["-cert", file("ca.pem"), "-keyfile", file("ca-key.pem"), "-enddate", written(until)];
      await execa("openssl", [
        "ca",
        "-batch",
        "-notext",
        "-config",
        file("config"),
        ...signed,
        "-in",
        file(`${name}.csr`),
        "-out",
        file(`${name}.pem`),
      ]);
    },
  };
}
