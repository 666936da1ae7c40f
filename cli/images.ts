import type { ImageName, Release } from "../components/images";
import { sentence } from "../components/core/problems";
import { reference } from "../components/core/workload";
import type { Settings } from "../configs/schema";
import { obtainImage } from "../toolchain/images";

/** What the engine really has for each program. */
export interface FoundImages {
  readonly images: Record<ImageName, Release>;
  /** Whether Grafana can run. */
  readonly grafana: boolean;
  /** What the stack comes up without, and why. */
  readonly without?: string;
}

/** Obtains every image a stack needs, and says where each came from. Settings follow the versions found. */
export async function foundImages(settings: Settings, report: (line: string) => void): Promise<FoundImages> {
  const found: Record<ImageName, Release> = { ...settings.images };
  const names = (Object.keys(found) as ImageName[]).filter((name) => name !== "grafana" || settings.grafana);
  let without: string | undefined;
  for (const name of names) {
    const obtained = await obtainImage(name, { host: settings.dockerHost, wanted: settings.images[name], report });
    if (obtained.origin === "unavailable") {
      without = `${name} does not run: ${sentence(obtained.problem)}`;
      report(without);
      continue;
    }
    const { origin, ...release } = obtained;
    found[name] = release;
    report(`${name}: ${reference(release)} (${origin})`);
  }
  return {
    images: found,
    grafana: settings.grafana && without === undefined,
    ...(without !== undefined && { without }),
  };
}
