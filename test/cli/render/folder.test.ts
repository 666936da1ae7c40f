import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeOwned } from "../../../cli/render/folder";
import { Refusal, sentence } from "../../../components/core/problems";
import { filesUnder } from "../../../stacks/rendered";

describe("a folder of manifests", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "sightline-manifests-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const at = (path: string) => join(folder, path);

  it("holds exactly what was written last, without empty folders", () => {
    assert.deepEqual(writeOwned({ "a/b/one.yaml": "1\n", "two.yaml": "2\n" }, folder), {
      changed: ["a/b/one.yaml", "two.yaml"],
      removed: [],
    });
    assert.deepEqual(writeOwned({ "two.yaml": "2\n", "three.yaml": "3\n" }, folder), {
      changed: ["three.yaml"],
      removed: ["a/b/one.yaml"],
    });
    assert.deepEqual(filesUnder(folder).sort(), [".sightline-rendered", "three.yaml", "two.yaml"]);
    assert.ok(!existsSync(at("a")), "a folder with nothing in it is left");
  });

  it("is refused where somebody else wrote into it, and then left as it is", () => {
    writeOwned({ "one.yaml": "1\n" }, folder);
    writeFileSync(at("mine.yaml"), "mine\n");
    assert.throws(
      () => writeOwned({ "mine.yaml": "ours\n" }, folder),
      (error) => {
        assert.ok(error instanceof Refusal);
        assert.deepEqual(error.problems.map(sentence), [
          `--to: mine.yaml in it was not written by this command, got ${JSON.stringify(folder)}; choose an empty folder, or one that this command wrote`,
        ]);
        return true;
      },
    );
    assert.equal(readFileSync(at("mine.yaml"), "utf8"), "mine\n");
    assert.equal(readFileSync(at("one.yaml"), "utf8"), "1\n");
  });

  it("may be a git repository", () => {
    mkdirSync(at(".git"));
    writeFileSync(at(".git/HEAD"), "ref: refs/heads/main\n");
    writeOwned({ "one.yaml": "1\n" }, folder);
    assert.deepEqual(writeOwned({ "one.yaml": "1\n" }, folder), { changed: [], removed: [] });
  });
});
