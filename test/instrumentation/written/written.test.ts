import assert from "node:assert/strict";
import { sentence } from "../../../components/core/problems";
import { instrumentedCompose } from "../../../components/instrumentation/written/compose";
import { instrumentedManifests, kitManifests } from "../../../components/instrumentation/written/manifests";
import { kit, otlp } from "../workloads";

const options = { otlp, kit };

const manifests = `# The shop, as helm template wrote it.
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart # of the team checkout
  namespace: shop
spec:
  template:
    spec:
      containers:
      # The one that serves.
      - name: app
        image: "node:24"
        env:
        - name: PORT
          value: "8080" # a text

        - name: NODE_OPTIONS
          value: --max-old-space-size=256
      restartPolicy: Always
`;

describe("manifests with what their services need", () => {
  const { text, namespaces, problems, notes } = instrumentedManifests(manifests, options);

  it("keep comments, order and notation, and change in nothing else", () => {
    assert.deepEqual([problems, notes], [[], []]);
    assert.equal(
      text,
      manifests
        .replace(
          "        env:\n",
          `        env:
${["NAMESPACE=metadata.namespace", "POD_NAME=metadata.name", "POD_UID=metadata.uid", "NODE_NAME=spec.nodeName"]
  .map((pair) => pair.split("="))
  .map(
    ([name, field]) => `        - name: OTEL_RESOURCE_ATTRIBUTES_${name}
          valueFrom:
            fieldRef:
              fieldPath: ${field}
`,
  )
  .join("")}`,
        )
        .replace(
          `          value: --max-old-space-size=256
`,
          `          value: --require /opt/sightline/nodejs/loader.cjs --max-old-space-size=256
        - name: OTEL_SERVICE_NAME
          value: cart
        - name: OTEL_EXPORTER_OTLP_ENDPOINT
          value: ${otlp}
        - name: OTEL_EXPORTER_OTLP_PROTOCOL
          value: http/protobuf
        - name: OTEL_PROPAGATORS
          value: tracecontext,baggage
        - name: OTEL_RESOURCE_ATTRIBUTES
          value: service.namespace=$(OTEL_RESOURCE_ATTRIBUTES_NAMESPACE),service.version=24,service.instance.id=$(OTEL_RESOURCE_ATTRIBUTES_NAMESPACE).$(OTEL_RESOURCE_ATTRIBUTES_POD_NAME).app,k8s.namespace.name=$(OTEL_RESOURCE_ATTRIBUTES_NAMESPACE),k8s.pod.name=$(OTEL_RESOURCE_ATTRIBUTES_POD_NAME),k8s.pod.uid=$(OTEL_RESOURCE_ATTRIBUTES_POD_UID),k8s.node.name=$(OTEL_RESOURCE_ATTRIBUTES_NODE_NAME),k8s.container.name=app
        volumeMounts:
        - name: sightline-nodejs
          mountPath: /opt/sightline/nodejs
          readOnly: true
`,
        )
        .replace(
          "      restartPolicy: Always\n",
          `      restartPolicy: Always
      volumes:
      - name: sightline-nodejs
        configMap:
          name: ${kit.name}
          defaultMode: 292
`,
        ),
    );
  });

  it("stay as they are the second time", () => {
    assert.deepEqual(instrumentedManifests(text, options), { text, changed: false, namespaces, problems, notes });
  });

  it("load the kit from one ConfigMap for each namespace", () => {
    assert.deepEqual(namespaces, ["shop"]);
    assert.equal(
      kitManifests(["shop", undefined], kit),
      ["shop", undefined]
        .map(
          (namespace) => `---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${kit.name}
${namespace === undefined ? "" : `  namespace: ${namespace}\n`}  labels:
    app.kubernetes.io/managed-by: sightline
immutable: true
data:
  loader.cjs: |
    load()
binaryData:
  kit.cjs.gz: H4sI
`,
        )
        .join(""),
    );
  });

  it("are looked at in a List too, and change in its objects alone", () => {
    const list = JSON.stringify({
      apiVersion: "v1",
      kind: "List",
      items: [
        {
          kind: "Pod",
          apiVersion: "v1",
          metadata: { name: "a" },
          spec: { containers: [{ name: "app", image: "node:24" }] },
        },
      ],
    });
    const found = instrumentedManifests(list, options);
    assert.deepEqual([found.changed, found.namespaces], [true, [undefined]]);
    assert.match(
      found.text,
      /^\{ "apiVersion": "v1", "kind": "List", "items": \[ \{ "kind": "Pod", .*"image": "node:24", env: \[/,
    );
  });

  it("are templates no longer", () => {
    const found = instrumentedManifests("a: {{ .Values.a }}: b\n- c", options);
    assert.equal(found.changed, false);
    assert.match(sentence(found.problems[0]!), /^file: not YAML: .*; render templates first, as helm template does$/);
  });
});

const compose = `x-common: &common
  restart: always
  environment: &shared
    TZ: UTC
services:
  cart:
    # of the team checkout
    image: node:24
    environment:
    - PORT=8080
    - SECRET
    volumes:
    - ./data:/data
  report:
    <<: *common
    image: shop/report:1
    command: sh -c "node report.js"
    labels: { sightline.dev/instrument: nodejs }
  store:
    image: postgres:17
    labels: { sightline.dev/instrument: off }
    environment: *shared
`;

describe("a compose file with what its services need", () => {
  const { text, namespaces, problems, notes } = instrumentedCompose(compose, {
    ...options,
    otlp: "http://collector:4318",
  });

  it("keeps comments, order and notation, and what several services share", () => {
    assert.deepEqual([problems, notes], [[], []]);
    const map = (version: string, service: string) => `    environment:
      TZ: UTC
      OTEL_SERVICE_NAME: ${service}
      OTEL_EXPORTER_OTLP_ENDPOINT: http://collector:4318
      OTEL_EXPORTER_OTLP_PROTOCOL: http/protobuf
      OTEL_PROPAGATORS: tracecontext,baggage
      NODE_OPTIONS: --require /opt/sightline/nodejs/loader.cjs
      OTEL_RESOURCE_ATTRIBUTES: service.version=${version}
`;
    assert.equal(
      text,
      compose
        .replace(
          "    - SECRET\n    volumes:\n    - ./data:/data\n",
          `      - SECRET
      - OTEL_SERVICE_NAME=cart
      - OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318
      - OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
      - OTEL_PROPAGATORS=tracecontext,baggage
      - NODE_OPTIONS=--require /opt/sightline/nodejs/loader.cjs
      - OTEL_RESOURCE_ATTRIBUTES=service.version=24
    volumes:
      - ./data:/data
      - ./${kit.name}:/opt/sightline/nodejs:ro
`,
        )
        .replace("    - PORT", "      - PORT")
        .replace(
          "nodejs }\n",
          `nodejs }\n${map("1", "report")}    volumes:\n      - ./${kit.name}:/opt/sightline/nodejs:ro\n`,
        ),
    );
    assert.deepEqual(namespaces, [undefined]);
  });

  it("stays as it is the second time", () => {
    const again = instrumentedCompose(text, { ...options, otlp: "http://collector:4318" });
    assert.deepEqual([again.text, again.changed], [text, false]);
  });
});
