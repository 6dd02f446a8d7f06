import { MAX_COUNTED } from '../limits.js';
import { MARK } from '../source/mark.js';
import type { TextFile } from '../text.js';
import type { Ignore } from './ignore.js';
import { ignoresInFlow } from './ignores-flow.js';
import { ignoresInLines } from './ignores-lines.js';

/** @returns the comments of a file that silence findings; at most as many as findings are counted */
export function ignoresIn(file: TextFile): Ignore[] {
  if (!file.text.includes(MARK) || !/\.(bpmn|pug|m?js)$/i.test(file.path)) {
    return [];
  }
  const isFlow = /\.bpmn$/i.test(file.path);
  const found = [...ignoresInLines(file), ...(isFlow ? ignoresInFlow(file) : [])];
  // A copy: a reason that was cut out of the text would keep all of it in memory.
  return structuredClone(found.slice(0, MAX_COUNTED));
}
