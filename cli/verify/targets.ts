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
  /** What Jaeger, Prometheus and the store of logs are shown. @default - nothing */
  readonly stores?: User;
  /** @default - not asked, and said so */
  readonly grafana?: GrafanaTarget | { readonly off: string };
  /** Bearer token, where the Collector asks for one. @default - none is sent */
  readonly token?: string;
}

/** Who somebody is, by HTTP basic authentication. */
export interface User {
  readonly user: string;
  readonly password: string;
}

export interface GrafanaTarget extends User {
  readonly url: string;
}

const shown = ({ user, password }: User) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
});

/** Jaeger, Prometheus or the store of logs. */
export const store = ({ stores }: Pick<Targets, "stores">, url: string): Backend => ({
  url,
  ...(stores && { headers: shown(stores) }),
});

/** Grafana's own API. */
export const grafanaApi = ({ url, ...user }: GrafanaTarget): Backend => ({ url, headers: shown(user) });

/** A data source as Grafana reaches it, by its uid: it answers as the backend behind it does. */
export function throughGrafana(grafana: GrafanaTarget, uid: string): Backend {
  const { url, headers = {} } = grafanaApi(grafana);
  return { url: `${url.replace(/\/$/, "")}/api/datasources/proxy/uid/${uid}`, headers };
}
