// Prints the scenarios of the suite as JSON: what each request must be, and what is answered.
//   node scenarios.mjs SUITE BASE_URL      lies beside `node_modules`
import { readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expandDyns } from "@typespec/spec-api";

const [suite, baseUrl] = process.argv.slice(2);
const config = { baseUrl };

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : entry.name === "mockapi.js" ? [path] : [];
  });
}

function values(fields) {
  return fields && expandDyns(fields, config);
}

function body(given) {
  if (given === undefined) return undefined;
  if (given.kind === "multipart") {
    const files = given.files?.map(({ buffer, ...file }) => ({ ...file, base64: Buffer.from(buffer).toString("base64") }));
    return { kind: given.kind, contentType: given.contentType, parts: given.parts, files };
  }
  const { contentType, rawContent, streamChunks } = given;
  if (streamChunks) return { contentType, base64: Buffer.concat(streamChunks).toString("base64") };
  if (Buffer.isBuffer(rawContent)) return { contentType, base64: rawContent.toString("base64") };
  const text = typeof rawContent === "string" ? rawContent : rawContent?.serialize(config);
  if (/[/+]json$/.test(contentType ?? "") && text !== undefined) return { contentType, json: text };
  return { contentType, text };
}

const out = [];
const root = resolve(suite, "dist/specs");
for (const path of files(root).sort()) {
  const { Scenarios } = await import(pathToFileURL(path));
  const folder = relative(root, dirname(path)).replaceAll("\\", "/");
  for (const [scenario, { passCondition, apis }] of Object.entries(Scenarios)) {
    for (const { uri, method, request, response, handler } of apis) {
      out.push({
        scenario,
        folder,
        passCondition,
        method,
        uri,
        request: {
          query: values(request?.query),
          headers: values(request?.headers),
          pathParams: values(request?.pathParams),
          body: body(request?.body),
        },
        response: { status: response.status, headers: values(response.headers), body: body(response.body) },
        customHandler: handler !== undefined,
      });
    }
  }
}
process.stdout.write(JSON.stringify(out));
