// Writes schemas/*.json, the JSON Schemas of what each command prints with --json and of the files that validate reads
// and writes beside a blueprint, from the built program's own.
//
//   npm run schemas
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { packageRules } from '../build/src/blueprint/rules.js';
import { documents } from '../build/src/commands/documents.js';
import { fileSchemas } from '../build/src/validate/index.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../schemas');
mkdirSync(folder, { recursive: true });
for (const [command, schema] of Object.entries(documents)) {
  const title = `fortnox-blueprint ${command} --json`;
  write(command, { title, ...z.toJSONSchema(schema) });
}
const ownRules = [{ title: 'This package alone', rules: packageRules }];
for (const [name, schema] of Object.entries(fileSchemas(ownRules))) {
  write(name, schema);
}

function write(name, schema) {
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(schema)}\n`);
}
