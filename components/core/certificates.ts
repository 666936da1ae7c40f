import type { Config } from "./config";
import type { Problem } from "./problems";
import type { AbsolutePath, File, Needs, Secret } from "./workload";

/** How the two ends of an encrypted connection know each other, as the one that connects is told. */
export interface Certificates {
  /** Certificates of the authorities that sign the other end's, as PEM. @default - those the image trusts */
  readonly ca?: string;
  /** Certificate that this end shows, as PEM, where the other one asks for one. @default - none */
  readonly certificate?: string;
  /** Its key, as PEM. */
  readonly key?: Secret;
}

/** What the one that is connected to shows, and whom it lets in. */
export interface ServerCertificate {
  /** As PEM, with those between it and its authority. */
  readonly certificate: string;
  /** Its key, as PEM. */
  readonly key: Secret;
  /** Certificates of the authorities that sign clients', as PEM. @default - clients need none */
  readonly clientCa?: string;
}

export const isPem = (text: unknown): boolean =>
  typeof text === "string" && text.includes("-----BEGIN CERTIFICATE-----");

/** Files of a connection in a folder, and the options of config/configtls of the Collector that name them. */
export function tlsFiles(
  folder: AbsolutePath,
  files: Readonly<Record<string, readonly [name: string, file: string | Secret | undefined]>>,
): { readonly tls: Config; readonly needs: Needs } {
  const present = Object.entries(files).flatMap(([option, [name, file]]) =>
    file === undefined ? [] : [[option, `${folder}/${name}` as AbsolutePath, file] as const],
  );
  return {
    tls: Object.fromEntries(present.map(([option, path]) => [option, path])),
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
