// Writes docs/rules.md, the list of what `validate` checks, from the rules themselves.
//
//   npm run rules
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rulesPage } from '../dist/validate/rules-page.js';

writeFileSync(join(dirname(fileURLToPath(import.meta.url)), '../docs/rules.md'), rulesPage());
