import { keyOf, kinds, uses, type Dependency, type Kind } from "./dependency";
import { byText } from "./each-once";
import { licenceOf, type Readings } from "./judge";

const titles: Readonly<Record<Kind, string>> = {
  npm: "npm packages",
  go: "Go modules",
  maven: "Jars from Maven",
  debian: "Debian packages",
  image: "Images",
};

/** docs/licences.md, of versions that are there once each: everything that others wrote, under which licence it comes, and how it is used. */
export function licenceDocument(dependencies: readonly Dependency[], readings: Readings): string {
  const sections = kinds.flatMap((kind) => {
    const own = dependencies.filter((row) => row.kind === kind);
    return own.length === 0 ? [] : [`\n## ${titles[kind]}\n`, counts(own, readings), "", ...table(own, readings)];
  });
  return `${[...opening, ...sections].join("\n")}\n`;
}

const opening = [
  "# Licences",
  "",
  "Written by `npm run licences`, which refuses what is not allowed; `npm run licences -- --check` writes nothing. What is",
  "allowed: [toolchain/licences/allowed.ts](../toolchain/licences/allowed.ts). What a person has read, where a publisher's",
  "word says nothing: [toolchain/licences/readings.ts](../toolchain/licences/readings.ts); it is marked with *.",
  "",
  "Nothing under the AGPL is built, linked or handed on here. Loki and Grafana are under it, and only named: users pull",
  "their images. So is Elasticsearch 8, under the Elastic License; what runs in its place where it cannot be pulled is made of the",
  "jars of 7.10.2, the last version under the Apache License alone.",
  "",
  "- npm: what the lock files say.",
  "- Go: modules of which a package is linked into a program that is built, by the text of their licence files. Of several",
  "  texts in one module all have to be allowed.",
  "- Maven: what poms say, and those above them; of several licences one may choose. What a jar has packed into itself is",
  "  seen as far as its pom names it.",
  "- Debian: packages that are asked for by name, and of those they need whatever is not in `main`, or names the Affero",
  "  licence in its file `copyright`. `LicenseRef-Debian-main` stands for the licences of that file. Engine images hold the",
  "  Java of the machine they are made on, too.",
  "",
  "| use | what it means |",
  "| --- | --- |",
  ...Object.entries(uses).map(([use, meaning]) => `| ${use} | ${meaning} |`),
];

/** How often each licence occurs: `300 versions: 200 MIT, 100 ISC`. */
function counts(rows: readonly Dependency[], readings: Readings): string {
  const found = new Map<string, number>();
  for (const row of rows) {
    const licence = licenceOf(row, readings) ?? "none";
    found.set(licence, (found.get(licence) ?? 0) + 1);
  }
  const sorted = [...found].sort(([a, n], [b, m]) => m - n || byText(a, b));
  return `${rows.length} versions: ${sorted.map(([licence, count]) => `${count} ${licence}`).join(", ")}`;
}

function table(rows: readonly Dependency[], readings: Readings): string[] {
  return [
    "| what | version | licence | use | through |",
    "| --- | --- | --- | --- | --- |",
    ...rows.map((row) => {
      const mark = readings[keyOf(row)] === undefined ? "" : " *";
      const [first, ...others] = row.through;
      const through = others.length === 0 ? first : `${first}, and ${others.length} more`;
      return `| ${row.name} | ${row.version} | ${licenceOf(row, readings) ?? "none"}${mark} | ${row.use} | ${through} |`;
    }),
  ];
}
