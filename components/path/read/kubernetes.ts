import { isMap, isNode, isScalar, parseAllDocuments, type Document } from "yaml";

/**
 * Collectors' configuration within Kubernetes objects: texts in a ConfigMap, and `spec.config` of an
 * OpenTelemetryCollector. Each comes with all before it blanked out, so that lines and columns are those of the file.
 */
export function embedded(content: string): string[] {
  const documents = parseAllDocuments(content);
  return (Array.isArray(documents) ? documents : []).flatMap((document) =>
    values(document).flatMap((value) => {
      if (!isNode(value) || !value.range) return [];
      const isBlock = isScalar(value) && (value.type === "BLOCK_LITERAL" || value.type === "BLOCK_FOLDED");
      if (!isBlock && !isMap(value)) return [];
      // A block begins on the line after its mark; a map on its own line, whose indentation belongs to it.
      const start = isBlock
        ? content.indexOf("\n", value.range[0]) + 1
        : content.lastIndexOf("\n", value.range[0] - 1) + 1;
      return [content.slice(0, start).replace(/[^\n]/g, " ") + content.slice(start, value.range[1])];
    }),
  );
}

/** What may be a Collector's configuration in one object. */
function values(document: Document): unknown[] {
  switch (document.get("kind")) {
    case "ConfigMap": {
      const data = document.get("data");
      return isMap(data) ? data.items.map(({ value }) => value) : [];
    }
    case "OpenTelemetryCollector":
      return [document.getIn(["spec", "config"], true)];
    default:
      return [];
  }
}
