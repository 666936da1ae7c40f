import type { Config } from "./config";
import type { Problem } from "./problems";
import type { AbsolutePath, File, Needs, Secret } from "./workload";

/** A certificate as PEM: its text, or `{ secret }` with an Output, where it comes from another resource or stack. */
export type Pem = string | Secret;

/** How the two ends of an encrypted connection know each other, as the one that connects is told. */
export interface Certificates {
  /** Certificates of the authorities that sign the other end's. @default - those the image trusts */
  readonly ca?: Pem;
  /** Certificate that this end shows, where the other one asks for one. @default - none */
  readonly certificate?: Pem;
  /** Its key, as PEM. */
  readonly key?: Secret;
}

/** What the one that is connected to shows, and whom it lets in. */
export interface ServerCertificate {
  /** With those between it and its authority. */
  readonly certificate: Pem;
  /** Its key, as PEM. */
  readonly key: Secret;
  /** Certificates of the authorities that sign clients'. @default - clients need none */
  readonly clientCa?: Pem;
}

/** Whether a value may be a certificate: what comes from elsewhere is not known yet. */
export const isPem = (value: unknown): boolean =>
  typeof value === "string"
    ? value.includes("-----BEGIN CERTIFICATE-----")
    : typeof value === "object" && value !== null && "secret" in value && value.secret !== undefined;

/** How old a certificate may be that is shown: it is read again by the next handshake after that. */
const reread = "10s";

/**
 * Files of a connection in a folder, and the options of config/configtls of the Collector that name them. A certificate that
 * is renewed in its file is taken without a restart, and so are authorities of clients; those of servers are read once.
 */
export function tlsFiles(
  folder: AbsolutePath,
  files: Readonly<Record<string, readonly [name: string, file: string | Secret | undefined]>>,
): { readonly tls: Config; readonly needs: Needs } {
  const present = Object.entries(files).flatMap(([option, [name, file]]) =>
    file === undefined ? [] : [[option, `${folder}/${name}` as AbsolutePath, file] as const],
  );
  return {
    tls: {
      ...Object.fromEntries(present.map(([option, path]) => [option, path])),
      ...(files["cert_file"]?.[1] !== undefined && { reload_interval: reread }),
      ...(files["client_ca_file"]?.[1] !== undefined && { client_ca_file_reload: true }),
    },
    needs: {
      files: Object.fromEntries(
        present.map(([, path, file]): [AbsolutePath, File] => [
          path,
          typeof file === "string" ? { content: file } : file,
        ]),
      ),
    },
  };
}

/** What one that connects has in a folder of its own, as {@link tlsFiles} gives it. */
export const clientFiles = (folder: AbsolutePath, { ca, certificate, key }: Certificates) =>
  tlsFiles(folder, {
    ca_file: ["ca.pem", ca],
    cert_file: ["client.pem", certificate],
    key_file: ["client-key.pem", key],
  });

/** What is wrong with certificates, by option; none of them is ever repeated. */
export function certificateProblems({ ca, certificate, key }: Certificates): Problem[] {
  const pem = Object.entries({ ca, certificate }).filter(([, text]) => text !== undefined && !isPem(text));
  return [
    ...pem.map(([path]) => ({
      path,
      reason: "not a certificate",
      remedy: "give the text of the PEM file, not its path",
    })),
    ...((certificate === undefined) === (key === undefined)
      ? []
      : [
          {
            path: certificate === undefined ? "key" : "certificate",
            reason: `given without ${certificate === undefined ? "certificate" : "key"}`,
            remedy: "give both or neither",
          },
        ]),
  ];
}
