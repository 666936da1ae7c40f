import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A pod as the API server would list it, as far as Collectors look. */
export interface KnownPod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly nodeName: string; readonly containers: readonly object[] };
  readonly status: { readonly podIP: string; readonly phase: "Running" };
}

export interface KubeApi {
  /** A kubeconfig that leads to it. */
  readonly kubeconfig: string;
  close(): Promise<void>;
}

const version = "1";

/** An API server on 127.0.0.1 that knows some pods, which never change, and nothing else. */
export async function kubeApi(pods: readonly KnownPod[]): Promise<KubeApi> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const kind = url.pathname.endsWith("/pods") ? "Pod" : "Namespace";
    const items = kind === "Pod" ? pods.map((pod) => ({ apiVersion: "v1", kind, ...pod })) : [];
    response.setHeader("content-type", "application/json");
    if (url.searchParams.get("watch") !== "true") {
      const metadata = { resourceVersion: version };
      response.end(JSON.stringify({ apiVersion: "v1", kind: `${kind}List`, metadata, items }));
    } else {
      watched(response, kind, url.searchParams.get("sendInitialEvents") === "true" ? items : undefined);
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    kubeconfig: JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "known", cluster: { server: `http://127.0.0.1:${port}` } }],
      users: [{ name: "nobody", user: {} }],
      contexts: [{ name: "known", context: { cluster: "known", user: "nobody" } }],
      "current-context": "known",
    }),
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Begins a watch, which lists first where that was asked for, and leaves it open. */
function watched(response: ServerResponse, kind: string, items: readonly object[] | undefined): void {
  response.flushHeaders();
  if (items === undefined) return;
  const annotations = { "k8s.io/initial-events-end": "true" };
  const bookmark = { apiVersion: "v1", kind, metadata: { resourceVersion: version, annotations } };
  const events = [...items.map((object) => ({ type: "ADDED", object })), { type: "BOOKMARK", object: bookmark }];
  response.write(events.map((event) => `${JSON.stringify(event)}\n`).join(""));
}
