// Checks the artifacts of a target folder against dbt's published JSON schemas:
//   node scripts/check-artifacts.mjs <folder with the schemas> <target folder>
// Each artifact names its schema in metadata.dbt_schema_version; the schema with that $id is looked for in the folder.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const artifacts = ['manifest.json', 'run_results.json', 'catalog.json', 'sources.json'];
const [schemaFolder, targetFolder] = process.argv.slice(2);
if (schemaFolder === undefined || targetFolder === undefined) {
  process.stderr.write('Usage: node scripts/check-artifacts.mjs <schemas folder> <target folder>\n');
  process.exit(2);
}

const schemas = readSchemas(schemaFolder);
const found = artifacts.filter((name) => existsSync(join(targetFolder, name)));
if (found.length === 0) {
  process.stderr.write(`No artifact in ${targetFolder}. Looked for ${artifacts.join(', ')}.\n`);
  process.exit(2);
}
const failed = found.filter((name) => !check(name));
process.exit(failed.length === 0 ? 0 : 1);

/** All JSON schemas below a folder, by their $id. */
function readSchemas(folder) {
  const byId = new Map();
  for (const entry of readdirSync(folder, { recursive: true })) {
    if (!entry.endsWith('.json')) continue;
    const schema = JSON.parse(readFileSync(join(folder, entry), 'utf8'));
    if (typeof schema.$id === 'string') byId.set(schema.$id, schema);
  }
  return byId;
}

function check(name) {
  const artifact = JSON.parse(readFileSync(join(targetFolder, name), 'utf8'));
  const id = artifact.metadata?.dbt_schema_version;
  const schema = schemas.get(id);
  if (schema === undefined) return report(name, [`no schema with $id ${id} in ${schemaFolder}`]);
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, validateFormats: false });
  const validate = ajv.compile({ ...schema, $id: undefined });
  if (validate(artifact)) return report(name, []);
  return report(name, summarize(artifact, validate.errors));
}

/** One line per place and fault. Of the kinds a node may be, only the faults of its own kind say anything. */
function summarize(artifact, errors) {
  const lines = new Set();
  for (const { instancePath, message, params, parentSchema, keyword } of errors) {
    if (keyword === 'anyOf' || keyword === 'oneOf' || keyword === 'const') continue;
    const kind = parentSchema?.properties?.resource_type?.const;
    if (kind !== undefined && kind !== valueAt(artifact, instancePath)?.resource_type) continue;
    lines.add(`${instancePath}: ${message} ${JSON.stringify(params)}`);
  }
  return lines.size > 0 ? [...lines] : errors.map((error) => `${error.instancePath}: ${error.message}`);
}

function valueAt(artifact, pointer) {
  const keys = pointer.split('/').slice(1);
  return keys.reduce((value, key) => value?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], artifact);
}

function report(name, faults) {
  process.stdout.write(`${name}: ${faults.length === 0 ? 'valid' : 'not valid'}\n`);
  for (const fault of faults.slice(0, 50)) process.stdout.write(`  ${fault}\n`);
  return faults.length === 0;
}
