import type { ImageName } from "../components/images";
import { sentence } from "../components/core/problems";
import { reference } from "../components/core/workload";
import type { Settings } from "../configs/settings-from";
import { describedSecrets, observability } from "../stacks/observability";
import { plannerOf } from "../stacks/planner";
import { obtainImage } from "../toolchain/images";
import type { Had, HadImages } from "./machine";

/** Names of the images that run, of all that could. */
export function usedImages(settings: Settings): ImageName[] {
  const workloads = observability(settings, plannerOf(settings), describedSecrets);
  const used = new Set(
    workloads.flatMap(({ image, first = [] }) => [image, ...first.map((s) => s.image)]).map(reference),
  );
  return (Object.keys(settings.images) as ImageName[]).filter((name) => used.has(reference(settings.images[name])));
}

/** Obtains every image a stack needs from a Docker engine, and says where each came from. */
export async function obtainImages(settings: Settings, report: (line: string) => void): Promise<HadImages> {
  const { images, dockerHost: host } = settings;
  const obtained = await Promise.all(
    usedImages(settings).map(
      async (name) => [name, await obtainImage(name, { host, wanted: images[name], report })] as const,
    ),
  );
  return Object.fromEntries(
    obtained.map(([name, image]): [ImageName, Had] => {
      if (image.origin === "unavailable") return [name, { why: sentence(image.problem) }];
      const { origin, ...release } = image;
      report(`${name}: ${reference(release)} (${origin})`);
      return [name, { release }];
    }),
  );
}
