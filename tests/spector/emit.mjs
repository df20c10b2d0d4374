// Writes the suite's folders as OpenAPI documents, by its own emitter: OUT/FOLDER/VERSION/openapi*.yaml.
//   node emit.mjs SUITE OUT VERSION…      lies beside `node_modules`
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { compile, NodeHost } from "@typespec/compiler";

const [suite, out, ...versions] = process.argv.slice(2);
const root = resolve(suite, "specs");

function folders(folder) {
  const inside = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const own = existsSync(join(folder, "main.tsp")) ? [folder] : [];
  return own.concat(inside.flatMap((entry) => folders(join(folder, entry.name))));
}

/** Changes a text of the pinned packages once; fails when it is not there, so that no repair outlives its reason. */
function repair(path, from, to) {
  const text = readFileSync(path, "utf8");
  if (text.includes(to)) return;
  if (text.split(from).length !== 2) throw new Error(`${path}: the repair does not fit any more`);
  writeFileSync(path, text.replace(from, () => to));
}

// A parameter called `constructor` finds a function where its examples should be.
repair(
  "node_modules/@typespec/openapi3/dist/src/examples.js",
  "getExampleOrExamples(program, examples) {\n    if (examples.length === 0) {",
  "getExampleOrExamples(program, examples) {\n    if (!Array.isArray(examples) || examples.length === 0) {",
);
// OpenAPI has no paths with a query, and the emitter gives up the whole folder for these six.
const routes = join(root, "routes/main.tsp");
const marker = '\n  @route("query-continuation")\n';
const text = readFileSync(routes, "utf8");
if (text.includes(marker)) writeFileSync(routes, `${text.slice(0, text.indexOf(marker))}}\n`);

let failed = 0;
for (const folder of folders(root).sort()) {
  const name = relative(root, folder).replaceAll("\\", "/").replaceAll("/", "-");
  const target = resolve(out, name);
  try {
    const program = await compile(NodeHost, join(folder, "main.tsp"), {
      emit: ["@typespec/openapi3"],
      outputDir: target,
      options: {
        "@typespec/openapi3": {
          "emitter-output-dir": target,
          "openapi-versions": versions,
          "file-type": "yaml",
        },
      },
    });
    const errors = program.diagnostics.filter((found) => found.severity === "error");
    if (errors.length > 0) throw new Error(errors.map((found) => found.message).join("; "));
    console.error(`${name}`);
  } catch (error) {
    // A document that is half made is none.
    rmSync(target, { recursive: true, force: true });
    failed += 1;
    console.error(`${name}: the emitter fails: ${String(error).split("\n")[0]}`);
  }
}
console.error(`${failed} folders have no document`);
