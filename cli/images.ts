import type { ImageName, Release } from "../components/images";
import { sentence } from "../components/core/problems";
import { reference } from "../components/core/workload";
import type { Settings } from "../configs/schema";
import { describedSecrets, observability } from "../stacks/observability";
import { plannerOf } from "../stacks/planner";
import { obtainImage } from "../toolchain/images";

/** What the engine really has for each program. */
export interface FoundImages {
  readonly images: Record<ImageName, Release>;
  /** Whether Grafana can run. */
  readonly grafana: boolean;
  /** What the stack comes up without, and why. */
  readonly without?: string;
}

/** Names of the images that run, of all that could. */
export function usedImages(settings: Settings): ImageName[] {
  const workloads = observability(settings, plannerOf(settings), describedSecrets);
  const used = new Set(
    workloads.flatMap(({ image, first = [] }) => [image, ...first.map((s) => s.image)]).map(reference),
  );
  return (Object.keys(settings.images) as ImageName[]).filter((name) => used.has(reference(settings.images[name])));
}

/** Obtains every image a stack needs, and says where each came from. Settings follow the versions found. */
export async function foundImages(settings: Settings, report: (line: string) => void): Promise<FoundImages> {
  const { images, dockerHost: host } = settings;
  const names = usedImages(settings);
  const obtained = await Promise.all(
    names.map(async (name) => [name, await obtainImage(name, { host, wanted: images[name], report })] as const),
  );
  const found: Record<ImageName, Release> = { ...images };
  const missing: string[] = [];
  for (const [name, image] of obtained) {
    if (image.origin === "unavailable") {
      missing.push(`${name} does not run: ${sentence(image.problem)}`);
      continue;
    }
    const { origin, ...release } = image;
    found[name] = release;
    report(`${name}: ${reference(release)} (${origin})`);
  }
  return {
    images: found,
    grafana: settings.grafana && missing.length === 0,
    ...(missing.length > 0 && { without: missing.join("\n") }),
  };
}
