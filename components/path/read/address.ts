/** An address as a user writes it. Whether it is a URL, a target of gRPC or host and port, and how much of it is known. */
export interface Address {
  readonly written: string;
  readonly scheme?: string;
  /** Undefined where only the environment knows it. Empty where every address of the machine is meant: `:4317`. */
  readonly host?: string;
  readonly port?: number;
}

/** `http://collector:4318/v1/traces`, `dns:///collector:4317`, `[::1]:4317`, `${env:HOST}:4317`. */
export function addressFrom(written: string): Address {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(written)?.[1]?.toLowerCase();
  const rest = scheme === undefined ? written : written.slice(scheme.length + 3).replace(/^\//, "");
  // A reference may hold colons and slashes of its own.
  const authority = /^(?:\$\{[^}]*\}|[^/$]|\$(?!\{))*/.exec(rest)![0];
  const [, host = authority, port] = /^(.*):(\d+)$/.exec(authority) ?? [];
  return {
    written,
    ...(scheme !== undefined && { scheme }),
    ...(!host.includes("${") && { host: host.replace(/^\[(.*)\]$/, "$1") }),
    ...(port !== undefined && { port: Number(port) }),
  };
}

const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || /^127\./.test(host);

/** Domains in which services of others are found. What ends otherwise is a name of one's own network, as far as can be told. */
const publicDomains = /\.(com|net|org|io|dev|cloud|ai|app|co|eu|de|fr|uk|us|ch|nl|tech|biz|info)$/i;
const privateAddresses = /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|0\.0\.0\.0$)/;

/** Whether an address leads out of one's own network. An address that only the environment knows does not count. */
export function isStranger({ host, scheme }: Address): boolean {
  if (host === undefined || host === "" || scheme === "unix" || isLoopback(host)) return false;
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return !privateAddresses.test(host);
  return publicDomains.test(host);
}
