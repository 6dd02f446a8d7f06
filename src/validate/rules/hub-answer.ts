import { bodyReads } from '../flow/body.js';
import { HUB, inputOf, inputText } from '../flow/connectors.js';
import { textsIn } from '../flow/given.js';
import { isLetterOff } from '../letter-off.js';
import { each, type Found, rulesOf } from '../rule.js';
import { problem, words } from '../text.js';
import { storedKeys } from './setting-name.js';

/** What every value has, what a list has, and what a failure answers. */
const OF_ANY = words('toString hasOwnProperty statusCode message error');
const OF_LIST = words(`
  length map filter find findIndex forEach some every reduce slice sort join at flatMap includes
  entries`);

/** Says what is wrong with a member of a body, by its name; undefined where nothing is. */
type Judge = (name: string, keys: readonly string[]) => string | undefined;

const ofMap: Judge = (name, keys) =>
  // One that is known with its underscore is told by another rule.
  name.startsWith('_') || keys.includes(`_${name}`)
    ? undefined
    : `The answer holds the settings by their stored keys, which begin with an underscore, and no ${name}.`;
const ofSetting: Judge = (name) =>
  name.startsWith('_') || isLetterOff(name, 'value')
    ? `The answer is one setting, without ${name}. What it holds stands in body.value.`
    : undefined;
const ofRecords: Judge = (name) =>
  OF_LIST.includes(name) || isLetterOff(name, 'records')
    ? `The answer is no list and has no ${name}. Its list stands in body.records.`
    : undefined;
const ofList: Judge = (name) =>
  /^(records|items|commitid)$/.test(name)
    ? `The answer is a list, without ${name}. Its first entry stands in body[0].`
    : undefined;

/** What public reads of the Hub answer. */
const ANSWERS: readonly (readonly [path: RegExp, judge: Judge])[] = [
  [/^\/my\/config\/settings(\?|$)/, ofMap],
  [/^\/my\/config\/settings\/[^?]/, ofSetting],
  [/^\/admin\/(workflows|processes)(\?|$)/, ofRecords],
  [/^\/admin\/resources\/history(\?|$)/, ofList],
];

/** Rules about what is read of the Hub's answers. */
export const hubAnswerRules = rulesOf({
  'hub-answer': {
    error: 'A member that an answer of the Hub does not have gives nothing, or throws.',
    flow: each('connectors', (connector, flow, blueprint) => {
      const url = inputOf(connector, 'url');
      const isRead = HUB.includes(connector.id) && /^(GET)?$/i.test(inputText(connector, 'method'));
      const texts = url && isRead ? textsIn(url, flow, blueprint) : [];
      const judges = texts.map(({ text }) => ANSWERS.find(([path]) => path.test(text))?.[1]);
      const [judge] = new Set(judges).size === 1 ? judges : [];
      if (!judge) {
        return [];
      }
      const keys = storedKeys(blueprint);
      const said = new Set<string>();
      const reads = bodyReads(flow, blueprint).get(connector) ?? [];
      // A script that reads a setting by its key and its value as well takes either answer.
      const takesBoth =
        reads.some(({ path }) => path.startsWith('_')) &&
        reads.some(({ path }) => path.split('.')[0] === 'value');
      return reads.map((read): Found => {
        const { path, place, isAsked } = read;
        const [name = ''] = path.split('.');
        const isName = /^[A-Za-z_$]/.test(name) && !OF_ANY.includes(name);
        const isEither = takesBoth && (name === 'value' || name.startsWith('_'));
        const message = isName && !isAsked && !isEither ? judge(name, keys) : undefined;
        // A call of a method is a read of its owner as well.
        const once = `${place.file} ${place.line} ${place.column} ${name}`;
        const isNew = message !== undefined && !said.has(once);
        said.add(message === undefined ? '' : once);
        return isNew && problem(place, message);
      });
    }),
  },
});
