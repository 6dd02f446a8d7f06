import { counted } from '../../core/text.js';
import { CONFIG, OTHER_CONFIG } from './listing.js';

const MAX_NAMED = 3;

/**
 * @param paths of the files of a blueprint
 * @returns what they were taken for, such as `config.json, 2 flows and 1 form`; public blueprints have several layouts
 */
export function recognisedIn(paths: readonly string[]): string {
  const configs = paths.filter((path) => path === CONFIG || OTHER_CONFIG.test(path));
  const read = configs.includes(CONFIG) ? [CONFIG] : configs;
  const named =
    read.length > MAX_NAMED ? [`${read.length} files to import`] : read.length > 0 ? read : [];
  const count = (pattern: RegExp, word: string) => {
    const number = paths.filter((path) => pattern.test(path)).length;
    return number === 0 ? [] : [counted(number, word)];
  };
  const parts = [
    ...(named.length > 0 ? named : ['no config.json']),
    ...count(/\.bpmn$/i, 'flow'),
    ...count(/\.pug$/i, 'form'),
    ...count(/\.js$/i, 'script'),
  ];
  const isIn = ['hub/resources/', 'resources/'].find((folder) =>
    paths.some((path) => path.startsWith(folder)),
  );
  const last = parts.at(-1) ?? '';
  const text = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${last}` : last;
  return isIn === undefined ? text : `${text}; ${isIn} is the top of the Hub`;
}
