// Writes schemas/*.json, the JSON Schemas of what each command prints with --json, from the built program's own.
//
//   npm run schemas
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { documents } from '../build/src/commands/documents.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../schemas');
mkdirSync(folder, { recursive: true });
for (const [command, schema] of Object.entries(documents)) {
  const title = `fortnox-blueprint ${command} --json`;
  writeFileSync(
    join(folder, `${command}.json`),
    `${JSON.stringify({ title, ...z.toJSONSchema(schema) }, null, 2)}\n`,
  );
}
