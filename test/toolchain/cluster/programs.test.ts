import assert from "node:assert/strict";
import { mkdirSync, readlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { clusterProgram } from "../../../toolchain/cluster";
import { obtainPrograms } from "../../../toolchain/cluster/programs";
import { emptyCache, scripted, type Answer } from "../support";

const compiles: Answer = (args) => {
  writeFileSync(args[args.indexOf("-o") + 1]!, "binary");
  return {};
};
const go = { "go env": { stdout: "go1.26.8" }, "go build": compiles };
const machine = { isRoot: true, hasApt: true };
const absent = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [`sh -c command -v "$0" ${name}`, { code: 127 }]));
const asked = (yes: boolean) => {
  const questions: string[] = [];
  const confirm = (question: string) => {
    questions.push(question);
    return Promise.resolve(yes);
  };
  return { questions, confirm };
};

describe("obtaining the programs of a cluster", () => {
  const cache = emptyCache();
  const debian = (...parts: string[]) => join(cache(), "toolchain/debian", ...parts);
  const unpack: Answer = () => {
    for (const file of [debian("usr/bin/etcd"), debian("usr/lib/cni/bridge")]) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, "");
    }
    return {};
  };
  const download: Answer = () => {
    writeFileSync(debian("downloads/etcd-server.deb"), "");
    return {};
  };
  const apt = { "apt-get": {}, "apt-get download": download, "dpkg-deb": unpack };

  it("installs what the distribution has, after a question, and only unpacks etcd and the CNI plugins", async () => {
    const { questions, confirm } = asked(true);
    const { exec, calls } = scripted({ ...go, ...apt, "sh -c": {}, ...absent("containerd", "ctr", "runc") });
    const { etcd, plugins } = await obtainPrograms({ exec, machine, confirm });
    assert.deepEqual(questions, ["A cluster needs containerd, runc. Install with apt-get?"]);
    assert.deepEqual(
      calls.filter((call) => /^(apt-get|dpkg)/.test(call)),
      [
        "apt-get update",
        "apt-get install --yes --no-install-recommends containerd runc",
        "apt-get download etcd-server containernetworking-plugins",
        `dpkg-deb --extract ${debian("downloads/etcd-server.deb")} ${debian()}`,
      ],
    );
    assert.deepEqual([etcd, plugins], [debian("usr/bin/etcd"), debian("usr/lib/cni")]);
  });

  it("asks nothing and fetches nothing where all of it is there, and makes Kubernetes callable by its names", async () => {
    const { questions, confirm } = asked(false);
    const { exec, calls } = scripted({ ...go, "sh -c": {} });
    (unpack as () => object)();
    await obtainPrograms({ exec, machine, confirm });
    assert.deepEqual(questions, []);
    assert.ok(!calls.some((call) => call.startsWith("apt-get")));
    assert.match(readlinkSync(clusterProgram("kubectl")), /\/kubernetes$/);
  });

  const refusals = [
    ["the user is not root", { isRoot: false, hasApt: true }, true, /need root; run it as root/],
    ["the user says no", machine, false, /not here: iptables.*--yes/],
    ["there is no apt-get", { isRoot: true, hasApt: false }, true, /not here: iptables/],
  ] as const;
  for (const [why, facts, yes, message] of refusals) {
    it(`installs nothing where ${why}`, async () => {
      const { exec, calls } = scripted({ "sh -c": {}, ...absent("iptables") });
      await assert.rejects(obtainPrograms({ exec, machine: facts, ...asked(yes) }), { message });
      assert.ok(!calls.some((call) => call.startsWith("apt-get")));
    });
  }
});
