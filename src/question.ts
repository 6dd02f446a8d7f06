import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { helpText } from './commands/help.js';
import { questionIn } from './commands/question.js';
import { specs } from './commands/specs.js';
import { lineWidth } from './core/text.js';

// The rest of the program takes these from here once it is bundled: tools/question-part.mjs.
export { helpText, specs };

/**
 * Answers a line that asks for help or the version, and for nothing else. The rest of the program is not loaded for that.
 *
 * @returns false where the line asks for anything else
 */
export function isAnswered(argv: readonly string[]): boolean {
  const question = questionIn(argv, specs);
  if (question === undefined) {
    return false;
  }
  // Whoever reads along may stop reading, such as `head`.
  process.stdout.on('error', () => undefined);
  process.stdout.write(
    question.asks === 'version'
      ? `${ownVersion()}\n`
      : helpText(question.command, specs, lineWidth(process.stdout.columns, process.env.COLUMNS)),
  );
  return true;
}

function ownVersion(): string {
  const text = readFileSync(join(import.meta.dirname, '../package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
