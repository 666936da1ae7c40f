import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument, stringify } from "yaml";
import { z } from "zod";
import { meaningOf, schema, secretMaps, secretSettings, type SettingName } from "./schema";

/** What a JSON schema says of a setting, as far as this project reads it. */
interface Said {
  readonly type?: "string" | "boolean" | "integer" | "array" | "object";
  readonly items?: Said;
}

const names = Object.keys(schema.shape) as SettingName[];
const isSecret = (name: SettingName): boolean => secretSettings.includes(name);
const defaults: Readonly<Record<string, unknown>> = schema.parse({});

/** Settings as a JSON schema, by name, each with what is said of it in `schema`. */
const said = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", override: withoutOwnWords })
  .properties as unknown as Readonly<Record<SettingName, Said>>;

/** `example` and `secret` are words of this project, not of JSON Schema. */
function withoutOwnWords({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void {
  if (jsonSchema["example"] !== undefined) jsonSchema["description"] += `. For example ${jsonSchema["example"]}`;
  delete jsonSchema["example"];
  delete jsonSchema["secret"];
}

/** Settings that Pulumi's configuration holds as they are, while all others are JSON in it. */
export const textSettings: readonly SettingName[] = names.filter((name) => said[name].type === "string");

/** Text of Pulumi.yaml with the settings that it can declare. What stands above them stays. */
export function pulumiYaml(present: string): string {
  const document = parseDocument(present);
  const config = names
    .filter((name) => !isSecret(name))
    .map((name) => {
      const { type = "object", items } = said[name];
      return [
        name,
        {
          type,
          ...(items && { items: { type: items.type } }),
          description: meaningOf(name).description,
          default: defaults[name],
        },
      ];
    });
  document.set("config", document.createNode(Object.fromEntries(config)));
  return document.toString({ lineWidth: 0 });
}

/** Rows of the table in docs/settings.md: key, default, meaning. */
export const settingRows = (): readonly (readonly string[])[] =>
  names.map((name) => {
    const { description, secret } = meaningOf(name);
    const value = defaults[name];
    const shown = value === undefined || value === "" ? "" : `\`${inline(value)}\``;
    return [`\`${name}\``, shown, secret ? `${description}. A secret` : description];
  });

/** A value on one line, as YAML has it. */
const inline = (value: unknown): string =>
  stringify(value, { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: true }).trim();

/** Text of docs/settings.md with the table as settings are. */
export function settingsPage(present: string): string {
  const rows = [["key", "default", "meaning"], ...settingRows()];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[], fill = " ") =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!, fill)).join(" | ")} |\n`;
  const [head, ...rest] = rows.map((row) => line(row));
  return present.replace(/^\| key (?:.*\n\|)*.*\n/m, [head, line(["", "", ""], "-"), ...rest].join(""));
}

/** A JSON schema of `Pulumi.<stack>.yaml`, for editors that complete and check as one writes. */
export function stackFileSchema(): string {
  const secret = { type: "object", properties: { secure: { type: "string" } }, required: ["secure"] };
  const sealed = (name: SettingName) =>
    secretMaps.includes(name) ? { type: "object", additionalProperties: secret } : secret;
  const properties = names.map((name) => [
    `sightline:${name}`,
    isSecret(name) ? { description: meaningOf(name).description, ...sealed(name) } : said[name],
  ]);
  const document = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Settings of a Sightline stack",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries(properties),
        // A key with another prefix is for another program.
        patternProperties: { "^(?!sightline:)": true },
        additionalProperties: false,
      },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** What is written from the declaration, by path in the repository: its text from the one that is there. */
export const declaredFiles: Readonly<Record<string, (present: string) => string>> = {
  "Pulumi.yaml": pulumiYaml,
  "docs/settings.md": settingsPage,
  "configs/stack.schema.json": stackFileSchema,
};

/** Text of a file of the repository; empty where there is none yet. */
export const declaredText = (path: string): string => {
  const file = join(__dirname, "..", path);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};

/** Writes what follows from the declaration. */
export function writeDeclared(): void {
  for (const [path, textFrom] of Object.entries(declaredFiles)) {
    writeFileSync(join(__dirname, "..", path), textFrom(declaredText(path)));
  }
}
