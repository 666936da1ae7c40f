import assert from "node:assert/strict";
import { node } from "../../../toolchain/cluster/layout";
import {
  checkRanges,
  insideNetwork,
  machineNetwork,
  nodeNetwork,
  removeNetwork,
  runAll,
} from "../../../toolchain/cluster/network";
import { scripted } from "../support";

describe("the network of a cluster", () => {
  it("lets what comes from or goes to its bridge pass what a Docker engine drops", () => {
    const rules = machineNetwork().filter(([file]) => file === "iptables");
    assert.deepEqual(
      rules.map((rule) => rule.join(" ")),
      [
        "iptables -w -t filter -I FORWARD -i sightline0 -m comment --comment sightline-cluster -j ACCEPT",
        "iptables -w -t filter -I FORWARD -o sightline0 -m comment --comment sightline-cluster -j ACCEPT",
        "iptables -w -t nat -I POSTROUTING -s 10.244.0.0/15 ! -o sightline0 -m comment --comment sightline-cluster -j MASQUERADE",
      ],
    );
  });

  it("takes back each rule, however often it is there, and nothing else", async () => {
    let left = 2;
    const { exec, calls } = scripted({
      ip: {},
      "iptables -w -t nat": () => (left-- > 0 ? {} : { code: 1 }),
      "iptables -w -t filter": { code: 1 },
    });
    await removeNetwork([node(1)], { exec });
    assert.deepEqual(calls.slice(0, 2), ["ip link delete sightline-n1", "ip link delete sightline0"]);
    const removed = calls.slice(2);
    assert.equal(removed.length, 5);
    assert.ok(removed.every((call) => call.includes(" -D ") && call.includes("--comment sightline-cluster")));
  });

  it("plugs a node into the bridge and leads to its pods through it", () => {
    assert.deepEqual(
      nodeNetwork(node(1), 77).map((command) => command.join(" ")),
      [
        "ip link add sightline-n1 type veth peer name eth0 netns 77",
        "ip link set sightline-n1 master sightline0 up",
        "ip route replace 10.244.1.0/24 via 10.245.0.11",
      ],
    );
    assert.match(insideNetwork(node(1), [node(2)]), /^ip route add 10\.244\.2\.0\/24 via 10\.245\.0\.12$/m);
  });

  it("is refused where the machine has a route into one of its ranges", async () => {
    const taken = scripted({ "ip route show root 10.96.0.0/16": { stdout: "10.96.4.0/24 dev tun0 \n" } });
    await assert.rejects(checkRanges(taken), { message: /route there already: 10\.96\.4\.0\/24 dev tun0/ });
    await checkRanges(scripted({ "ip route show": { stdout: "10.244.1.0/24 via 10.245.0.11 dev sightline0\n" } }));
  });

  it("names the command that failed", async () => {
    const { exec } = scripted({ "ip link": { code: 2, stderr: "RTNETLINK answers: File exists\n" } });
    await assert.rejects(runAll(machineNetwork(), { exec }), {
      message: /`ip link add sightline0 type bridge` failed: RTNETLINK answers: File exists/,
    });
  });
});
