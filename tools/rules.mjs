// Writes docs/rules.md, the list of what `validate` checks, from the rules themselves.
//
//   npm run rules
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRules } from '../build/src/blueprint/rules.js';
import { rulesPage } from '../build/src/validate/index.js';

const page = rulesPage([{ title: 'This package alone', rules: packageRules }]);
writeFileSync(join(dirname(fileURLToPath(import.meta.url)), '../docs/rules.md'), page);
