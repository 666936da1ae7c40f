import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { navigation, pagesOf, type Entries } from "../../site/navigation";
import { slug } from "../../site/slug";
import { read, root } from "../support/markdown";

const pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "examples/README.md"].concat(
  readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
);

/** Text of a page as it is read: without blocks of code, and without code that could look like a link. */
const prose = (page: string): string =>
  read(page)
    .replace(/^( *)```[^]*?^\1```$/gm, "")
    .replace(/`[^`\n]*\]\([^`\n]*`/g, "");

/** Anchors of a page, as GitHub gives them to its headings. */
function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of prose(page).matchAll(/^#+ (.+)$/gm)) {
    const plain = slug(heading.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").replaceAll(/[`*]/g, ""));
    let anchor = plain;
    for (let again = 1; anchors.has(anchor); again += 1) anchor = `${plain}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Where links of a page lead inside the repository, from its root. */
const linksOf = (page: string): string[] =>
  [...prose(page).matchAll(/\]\((?!\w+:)([^)#\s]*)(#[^)\s]+)?\)/g)].map(
    ([, to = "", anchor = ""]) => (to === "" ? page : normalize(join(dirname(page), to))) + anchor,
  );

/** Why a link leads nowhere; undefined where it leads to something. */
function broken(link: string): string | undefined {
  const [page = "", anchor] = link.split("#");
  if (!existsSync(join(root, page))) return `${link}: no such file`;
  return anchor === undefined || anchorsOf(page).has(anchor) ? undefined : `${link}: no such heading`;
}

const targets = (entries: Entries): string[] =>
  Object.values(entries).flatMap((to) => (typeof to === "string" ? [to] : targets(to)));

describe("links of documents", () => {
  it("lead to files and headings that exist", () => {
    const wrong = pages.flatMap((page) =>
      linksOf(page)
        .map(broken)
        .filter((why) => why !== undefined)
        .map((why) => `${page} leads to ${why}`),
    );
    assert.deepEqual(wrong, []);
    assert.equal(broken("docs/loss.md#the-ledger"), undefined);
    assert.equal(broken("docs/loss.md#the-leger"), "docs/loss.md#the-leger: no such heading");
    assert.equal(broken("docs/los.md"), "docs/los.md: no such file");
  });

  it("lead from the README to every page in three clicks", () => {
    const clicks = new Map([["README.md", 0]]);
    for (const [page, count] of clicks) {
      const next = linksOf(page).map((link) => link.replace(/#.*/, ""));
      for (const to of next.filter((one) => one.endsWith(".md") && !clicks.has(one))) clicks.set(to, count + 1);
    }
    assert.deepEqual(
      pages.filter((page) => (clicks.get(page) ?? Infinity) > 3),
      [],
    );
  });
});

describe("the navigation of the site", () => {
  const entries = navigation(root);

  it("leads to every page", () => {
    const shown = pagesOf(entries);
    assert.deepEqual(
      pages.filter((page) => !shown.includes(page)),
      [],
      "name them in site/navigation.ts",
    );
  });

  it("leads to files and headings that exist", () => {
    // The API is written when the site is built.
    const written = targets(entries).filter((to) => !to.startsWith("site/api/"));
    assert.deepEqual(
      written.map(broken).filter((why) => why !== undefined),
      [],
    );
  });

  it("has every recipe of CONTRIBUTING.md", () => {
    const { Extend } = entries as { Extend: Entries };
    assert.equal(Extend["Add a storage backend"], "CONTRIBUTING.md#a-storage-backend");
  });
});
