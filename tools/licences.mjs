// The licence texts of the packages that are bundled.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RULE = `\n${'-'.repeat(80)}\n\n`;

/**
 * Each text stands once, however its lines are broken, under the packages and the copyright lines that it belongs to.
 *
 * @param modules the paths of bundled modules
 * @returns the text of THIRD-PARTY-LICENSES.txt
 */
export function licencesOf(modules) {
  const folders = new Set(
    modules.flatMap(
      (id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/')) ?? [],
    ),
  );
  const byTerms = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
    if (!file) {
      throw new Error(`${name} is bundled, and brings no licence text.`);
    }
    const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n');
    const isCopyright = (line) => /^\s*copyright\b/i.test(line);
    // The licence's own name above its terms says nothing that stands not beside the package's.
    const isTitle = (line) => /^(the )?MIT license( \(MIT\))?$/i.test(line.trim());
    const terms = lines
      .filter((line) => !isCopyright(line) && !isTitle(line))
      .join('\n')
      .trim();
    const key = terms.replace(/\s+/g, ' ');
    const entry = byTerms.get(key) ?? { terms, of: [] };
    const holders = lines.filter(isCopyright).map((line) => `  ${line.trim()}\n`);
    entry.of.push(`${name} ${version} (${license})\n${holders.join('')}`);
    byTerms.set(key, entry);
  }
  const parts = [...byTerms.values()].map(({ terms, of }) => `${of.join('')}\n${terms}\n`);
  return `Parts of these packages are in the program.\n\n${parts.join(RULE)}`;
}
