import assert from "node:assert/strict";
import { parse } from "yaml";
import { kubeconfig } from "../../../toolchain/cluster/kubeconfig";
import { node } from "../../../toolchain/cluster/layout";
import { nodeFiles } from "../../../toolchain/cluster/node-files";
import { corefile, dnsObjects } from "../../../toolchain/cluster/dns";
import { emptyCache } from "../support";

describe("files of a cluster", () => {
  const cache = emptyCache();

  it("point a node's kubelet at its own runtime, group, certificates and address", () => {
    const folder = `${cache()}/cluster`;
    const kubelet = parse(nodeFiles(node(2), "/cni")["kubelet.yaml"]!) as Record<string, unknown>;
    const { containerRuntimeEndpoint, cgroupDriver, cgroupRoot, address, clusterDNS, tlsCertFile } = kubelet;
    assert.deepEqual(
      { containerRuntimeEndpoint, cgroupDriver, cgroupRoot, address, clusterDNS, tlsCertFile },
      {
        containerRuntimeEndpoint: `unix://${folder}/nodes/node2/containerd.sock`,
        cgroupDriver: "cgroupfs",
        cgroupRoot: "/sightline-node2",
        address: "10.245.0.12",
        clusterDNS: ["10.96.0.10"],
        tlsCertFile: `${folder}/pki/node2.crt`,
      },
    );
  });

  it("let nobody in without a certificate or a token", () => {
    const { authentication, authorization } = parse(nodeFiles(node(1), "/cni")["kubelet.yaml"]!) as Record<
      string,
      unknown
    >;
    assert.deepEqual(authentication, {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: `${cache()}/cluster/pki/ca.crt` },
    });
    assert.deepEqual(authorization, { mode: "Webhook" });
  });

  it("keep a node's containers, plugins and network in its folder", () => {
    const toml = nodeFiles(node(1), "/cni")["containerd.toml"]!;
    const folder = `${cache()}/cluster/nodes/node1`;
    for (const line of [
      `root = "${folder}/containerd"`,
      `  address = "${folder}/containerd.sock"`,
      '    bin_dir = "/cni"',
      `    conf_dir = "${folder}/cni"`,
      "  restrict_oom_score_adj = true",
      '  sandbox_image = "docker.io/sightline/pause:1.0.0"',
    ])
      assert.ok(toml.split("\n").includes(line), line);
  });

  it("give each node's pods a range of their own", () => {
    const rangeOf = (number: number) => {
      const { plugins } = JSON.parse(nodeFiles(node(number), "/cni")["cni/10-bridge.conflist"]!) as {
        plugins: [{ ipam: { ranges: unknown } }];
      };
      return plugins[0].ipam.ranges;
    };
    assert.deepEqual(rangeOf(1), [[{ subnet: "10.244.1.0/24", gateway: "10.244.1.1" }]]);
    assert.deepEqual(rangeOf(2), [[{ subnet: "10.244.2.0/24", gateway: "10.244.2.1" }]]);
  });

  it("answer names of the cluster for 5 s, where pods ask", () => {
    assert.match(corefile(), /bind 10\.245\.0\.1\n/);
    assert.match(corefile(), /kubernetes cluster\.local [^}]*ttl 5\n/);
    const [service, slice] = dnsObjects();
    assert.deepEqual(service!["spec"], {
      clusterIP: "10.96.0.10",
      ports: [
        { name: "dns", port: 53, protocol: "UDP" },
        { name: "dns-tcp", port: 53, protocol: "TCP" },
      ],
    });
    assert.deepEqual(slice!["endpoints"], [{ addresses: ["10.245.0.1"], conditions: { ready: true } }]);
  });

  it("hold a whole kubeconfig in one file", () => {
    const { clusters, users } = parse(kubeconfig({ authority: "ca", certificate: "crt", key: "key" })) as Record<
      string,
      unknown
    >;
    assert.deepEqual(clusters, [
      {
        name: "sightline",
        cluster: { server: "https://10.245.0.1:6443", "certificate-authority-data": "Y2E=" },
      },
    ]);
    assert.deepEqual(users, [
      { name: "sightline", user: { "client-certificate-data": "Y3J0", "client-key-data": "a2V5" } },
    ]);
  });
});
