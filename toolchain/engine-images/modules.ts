/** A part of Elasticsearch or OpenSearch that is a plugin, but always there. */
export interface Module {
  readonly name: string;
  readonly classname: string;
  /** Beginnings of the names of its jars. @default - its own name */
  readonly jars?: readonly string[];
}

/** What a distribution says of each module in the module's folder, and Maven's jars do not. */
export const descriptors = (
  product: "elasticsearch" | "opensearch",
  version: string,
  modules: readonly Module[],
): Record<string, string> =>
  Object.fromEntries(
    modules.map(({ name, classname }) => [
      `/usr/share/${product}/modules/${name}/plugin-descriptor.properties`,
      [
        `name=${name}`,
        `description=${name} of ${product}`,
        `version=${version}`,
        `${product}.version=${version}`,
        "java.version=1.8",
        `classname=${classname}`,
        "extended.plugins=",
        "has.native.controller=false",
        "",
      ].join("\n"),
    ]),
  );

export const moduleJars = (product: string, modules: readonly Module[]): Record<string, string> =>
  Object.fromEntries(
    modules.flatMap(({ name, jars = [name] }) =>
      jars.map((jar) => [jar, `/usr/share/${product}/modules/${name}`] as const),
    ),
  );
