import type { LogStoreKind } from "../../components/logs";
import type { Backend } from "./backend";

/** Addresses of a running stack, as this machine reaches them. */
export interface Targets {
  /** OTLP/HTTP receiver of the Collector: `http://127.0.0.1:4318`. */
  readonly otlpHttp: string;
  /** Query API and UI of Jaeger: `http://127.0.0.1:16686`. */
  readonly jaeger: string;
  readonly prometheus: string;
  /** Store of logs. */
  readonly logs: { readonly kind: LogStoreKind; readonly url: string };
  /** Remote sampling of Jaeger: `http://127.0.0.1:5778`. @default - not asked, and said so */
  readonly sampling?: string;
  /** @default - not asked, and said so */
  readonly grafana?: GrafanaTarget | { readonly off: string };
  /** Bearer token, where the Collector asks for one. @default - none is sent */
  readonly token?: string;
}

export interface GrafanaTarget {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** Grafana's own API. */
export const grafanaApi = ({ url, user, password }: GrafanaTarget): Backend => ({
  url,
  headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` },
});

/** A data source as Grafana reaches it, by its uid: it answers as the backend behind it does. */
export function throughGrafana(grafana: GrafanaTarget, uid: string): Backend {
  const { url, headers = {} } = grafanaApi(grafana);
  return { url: `${url.replace(/\/$/, "")}/api/datasources/proxy/uid/${uid}`, headers };
}
