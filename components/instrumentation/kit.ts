import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { physicalName } from "../core/names";
import { Refusal } from "../core/problems";

/** What is loaded before a Node.js service, as files. */
export interface NodejsKit {
  /** Name of what holds the files. Another content has another name, so that exactly the services that load it restart. */
  readonly name: string;
  readonly files: Readonly<Record<"loader.cjs" | "kit.cjs.gz", Buffer>>;
}

/** Where a service finds the kit. */
export const kitFolder = "/opt/sightline/nodejs";

/** In the package, and beside the sources, `npm run build --prefix instrumentation/nodejs` puts it here. */
const built = join(__dirname, "..", "..", "instrumentation", "nodejs", "dist");

/**
 * The kit for Node.js 20.6 and newer.
 *
 * @param folder - where its files are. Default: in this package
 * @throws Refusal where they are not there
 */
export function nodejsKit(folder: string = built): NodejsKit {
  const [loader, kit] = [read(folder, "loader.cjs"), read(folder, "kit.cjs.gz")];
  const hash = createHash("sha256").update(loader).update(kit).digest("hex").slice(0, 10);
  return { name: physicalName("sightline-nodejs", hash), files: { "loader.cjs": loader, "kit.cjs.gz": kit } };
}

function read(folder: string, file: string): Buffer {
  try {
    return readFileSync(join(folder, file));
  } catch {
    const remedy = "run npm ci --prefix instrumentation/nodejs && npm run build --prefix instrumentation/nodejs";
    throw new Refusal("kit for Node.js", [{ path: "folder", value: folder, reason: `has no ${file}`, remedy }]);
  }
}

/**
 * Arguments of the ConfigMap that holds the kit, one for all services of a namespace:
 * `new k8s.core.v1.ConfigMap("sightline-nodejs", kitConfigMap(kit, "shop"))`. It is held as gzip, since `kubectl apply`
 * writes a copy of what it applies into an annotation, and those end at 256 KiB.
 *
 * @param namespace - Default: that of the provider
 */
export const kitConfigMap = ({ name, files }: NodejsKit, namespace?: string) => ({
  metadata: {
    name,
    ...(namespace !== undefined && { namespace }),
    labels: { "app.kubernetes.io/managed-by": "sightline" },
  },
  immutable: true,
  data: { "loader.cjs": files["loader.cjs"].toString("utf8") },
  binaryData: { "kit.cjs.gz": files["kit.cjs.gz"].toString("base64") },
});

/**
 * Arguments of a container that is never started, and fills the volume of the kit, one for all services of a Docker
 * host. Docker takes no files into a container whose root is read-only, and files given to each container would be in the
 * state of the stack once for each.
 *
 * @param image - any that is on the host
 * @param volume - name of a volume of its own, `kit.name`
 */
export const kitFiller = <I, V>({ name, files }: NodejsKit, image: I, volume: V) => ({
  name: `${name}-files`,
  image,
  command: ["none"],
  start: false,
  mustRun: false,
  networkMode: "none",
  // No service: it is not to be traced itself.
  labels: [{ label: "dev.sightline.kit", value: name }],
  mounts: [{ type: "volume", source: volume, target: kitFolder }],
  uploads: Object.entries(files).map(([file, content]) => ({
    file: `${kitFolder}/${file}`,
    contentBase64: content.toString("base64"),
    permissions: "0444",
  })),
});
