import { cpSync, existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type DefaultTheme, type MarkdownOptions, type Plugin } from "vitepress";
import { navigation, pagesOf, type Entries } from "../navigation";
import { slug } from "../slug";

const root = fileURLToPath(new URL("../..", import.meta.url));
const entries = navigation(root);
const shownPages = new Set(pagesOf(entries));

/** Where a page of the repository is on the site. */
const shownAs = (page: string): string =>
  `/${page.replace(/^site\/api\//, "api/").replace(/(^|\/)README\.md/, "$1index.md")}`.replace(
    /(^|\/)index\.md|\.md/,
    "$1",
  );

const sidebar = (of: Entries, depth = 0): DefaultTheme.SidebarItem[] =>
  Object.entries(of).map(([text, to]) =>
    typeof to === "string" ? { text, link: shownAs(to) } : { text, items: sidebar(to, depth + 1), collapsed: true },
  );

/** Files that pages lead to and that are no pages. They are shown as text. */
const files = new Set<string>();

/** Links hold on GitHub, where README.md is the page of a folder and every file can be read. Here they are led to the same. */
const repositoryLinks: MarkdownOptions["config"] = (md) => {
  md.core.ruler.push("repository-links", (state) => {
    const page = relative(root, state.env.realPath ?? state.env.path);
    // The highlighter has no grammar of it.
    for (const block of state.tokens) if (block.info === "promql") block.info = "txt";
    for (const link of state.tokens.flatMap(({ children }) => children ?? [])) {
      const to = link.type === "link_open" ? String(link.attrGet("href")) : "#";
      if (/^(#|[a-z]+:)/.test(to)) continue;
      const [path = ""] = to.split("#");
      const file = join(dirname(page), path);
      if (path.endsWith(".md")) {
        link.attrSet("href", to.replace(/(^|\/)README\.md/, "$1index.md"));
        continue;
      }
      if (!existsSync(join(root, file))) throw new Error(`${page}: leads to ${to}, which is not there`);
      files.add(file);
      link.attrSet("href", `${path}.txt`);
    }
  });
};

/** Pages lie above the folder that has the packages which they are compiled to use. */
const packagesOfSite: Plugin = {
  name: "packages-of-site",
  enforce: "pre",
  resolveId(id, importer) {
    if (!/^vue($|\/)/.test(id) || importer?.includes("node_modules")) return undefined;
    return this.resolve(id, join(root, "site/package.json"), { skipSelf: true });
  },
};

export default defineConfig({
  title: "Sightline",
  description: "Distributed tracing as code",
  srcDir: "..",
  srcExclude: ["{.github,.ci,cli,components,configs,instrumentation,stacks,test,toolchain}/**"],
  outDir: "dist",
  rewrites: (page) =>
    shownAs(page)
      .slice(1)
      .replace(/(^|\/)$/, "$1index") + ".md",
  vite: {
    plugins: [packagesOfSite],
    // The index of the search.
    build: { chunkSizeWarningLimit: 8_000 },
  },
  markdown: { anchor: { slugify: slug }, config: repositoryLinks },
  themeConfig: {
    nav: ["Start", "Runbooks", "Reference"].map((text) => ({
      text,
      link: sidebar(entries[text] as Entries)[0]?.link ?? "/",
    })),
    sidebar: sidebar(entries),
    outline: [2, 3],
    search: { provider: "local" },
  },
  transformHtml: (html, page) => {
    const loaded = /<(?:script|link|img)[^>]+(?:src|href)="(?:https?:)?\/\/[^"]*"/.exec(html);
    if (loaded) throw new Error(`${page}: loads from another host: ${loaded[0]}`);
  },
  buildEnd: ({ outDir, pages }) => {
    for (const file of files) cpSync(join(root, file), join(outDir, `${file}.txt`));
    const hidden = pages.filter((page) => !shownPages.has(page) && !page.startsWith("site/api/"));
    if (hidden.length > 0) throw new Error(`no entry of site/navigation.ts leads to ${hidden.join(", ")}`);
  },
});
