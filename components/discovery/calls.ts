import type { Call, FoundService } from "./service";

/**
 * Calls that configuration gives away: a text of one service that holds an address of another, as in
 * `PAYMENTS_URL=http://payments.shop:8080/pay`.
 */
export function mentionedCalls(services: readonly FoundService[]): Call[] {
  const called = new Map(
    services.flatMap(({ name, addresses }) => addresses.map((address) => [address, name] as const)),
  );
  return services.flatMap(({ name, mentions }) => {
    const to = new Set(
      mentions.flatMap(hosts).flatMap((host) => called.get(host) ?? called.get(host.split(".")[0]!) ?? []),
    );
    to.delete(name);
    return [...to].sort().map((other) => ({ from: name, to: other }));
  });
}

/** Hosts in a text. A word alone is one only where it is the whole text, or what precedes a port does. */
function hosts(text: string): string[] {
  const inUrls = [...text.matchAll(/\b[a-z][a-z0-9+.-]*:\/\/(?:[^/@\s]*@)?([a-z0-9.-]+)/gi)].map(([, host]) => host!);
  const withPorts = [...text.matchAll(/(?:^|[\s,=@])([a-z][a-z0-9.-]*):\d{2,5}\b/gi)].map(([, host]) => host!);
  const whole = /^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*$/i.test(text) ? [text] : [];
  return [...inUrls, ...withPorts, ...whole].map((host) => host.toLowerCase());
}
