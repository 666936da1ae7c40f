import { execa } from "execa";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reference } from "../../components/core/workload";
import type { ImageName, Release } from "../../components/images";
import { node, socketOf } from "../../toolchain/cluster/layout";
import { firstPid, inside } from "../../toolchain/cluster/node";
import { obtainImage } from "../../toolchain/images";

/** Open files that OpenSearch insists on, where it is more than one node. */
const wanted = 65_536;

/**
 * The image of an engine, on the node of the test cluster. Where this machine lets no process have as many open files as
 * OpenSearch wants, and nobody here may change that, the image says that it does: it opens a few hundred.
 */
export async function loadEngine(name: ImageName): Promise<Release> {
  const found = await obtainImage(name);
  if (found.origin === "unavailable") throw new Error(found.problem.reason);
  const { repository, tag, version, user } = found;
  const release =
    (await openFiles()) < wanted
      ? await claiming({ repository, tag, version, user })
      : { repository, tag, version, user };
  const [file, args] = inside(firstPid(node(1)) ?? 0, "ctr", [
    "--address",
    socketOf(node(1)),
    "--namespace",
    "k8s.io",
    "images",
    "import",
    "-",
  ]);
  await execa("sh", [
    "-c",
    'image="$1"; shift; docker save "$image" | "$@"',
    "copy",
    reference(release),
    file,
    ...args,
  ]);
  return release;
}

const openFiles = async (): Promise<number> => {
  const { stdout } = await execa("sh", ["-c", "ulimit -Hn"]);
  return stdout === "unlimited" ? Infinity : Number(stdout);
};

const source = `#define _GNU_SOURCE
#include <sys/resource.h>
int getrlimit(__rlimit_resource_t resource, struct rlimit *limit) {
  int code = prlimit(0, resource, 0, limit);
  if (resource == RLIMIT_NOFILE) limit->rlim_cur = limit->rlim_max = ${wanted};
  return code;
}
int getrlimit64(__rlimit_resource_t, struct rlimit64 *) __attribute__((alias("getrlimit")));
`;

async function claiming(release: Release): Promise<Release> {
  const claimed = { ...release, tag: `${release.tag}-open-files` };
  const folder = mkdtempSync(join(tmpdir(), "sightline-open-files-"));
  writeFileSync(join(folder, "limits.c"), source);
  await execa("gcc", ["-shared", "-fPIC", "-o", "limits.so", "limits.c"], { cwd: folder });
  const { stdout: container } = await execa("docker", ["create", reference(release)]);
  await execa("docker", ["cp", join(folder, "limits.so"), `${container}:/usr/lib/limits.so`]);
  await execa("docker", ["commit", "--change", "ENV LD_PRELOAD=/usr/lib/limits.so", container, reference(claimed)]);
  await execa("docker", ["rm", container]);
  return claimed;
}
