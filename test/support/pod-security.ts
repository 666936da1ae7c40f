import {
  DefaultPluginLoader,
  DisabledFixer,
  MonokleValidator,
  ResourceParser,
  SchemaLoader,
  type Resource,
} from "@monokle/validation";
import { stringify } from "yaml";
import type { AnyManifest } from "./reachability";

const plugin = "pod-security-standards";

/** Every way in which manifests are not `restricted`: `PSS204 prod-agents/agent spec.….runAsUser`. */
export async function podSecurityViolations(manifests: readonly AnyManifest[]): Promise<string[]> {
  const validator = new MonokleValidator({
    loader: new DefaultPluginLoader(),
    parser: new ResourceParser(),
    // Asked by no rule of this plugin; others fetch schemas.
    schemaLoader: new SchemaLoader(),
    fixer: new DisabledFixer(),
    suppressors: [],
  });
  await validator.preload({ plugins: { [plugin]: true } });
  const rules = validator.getPlugin(plugin)!.rules;
  // Those of level restricted, 201 to 206, are off until asked for.
  await validator.preload({
    plugins: { [plugin]: true },
    rules: Object.fromEntries(rules.map(({ name }) => [`${plugin}/${name}`, "err"])),
  });
  const { runs } = await validator.validate({ resources: manifests.map(resource) });
  return runs
    .flatMap(({ results }) => results)
    .map(({ ruleId, locations }) => {
      const [, { physicalLocation, logicalLocations } = locations[0]!] = locations;
      const field = logicalLocations?.find(({ kind }) => kind === "element")?.fullyQualifiedName;
      return [ruleId, physicalLocation?.artifactLocation.uri, field].join(" ");
    })
    .sort();
}

function resource(manifest: AnyManifest): Resource {
  const { kind, metadata } = manifest;
  const { name, namespace } = metadata;
  const id = namespace === undefined ? name : `${namespace}/${name}`;
  return {
    id,
    fileId: id,
    filePath: `${id}.yaml`,
    fileOffset: 0,
    name,
    kind,
    apiVersion: String(manifest["apiVersion"]),
    ...(namespace !== undefined && { namespace }),
    content: manifest,
    text: stringify(manifest),
  };
}
