import { printedSecrets } from '../flow/printed.js';
import { isLetterOff } from '../letter-off.js';
import { nearHint } from '../near.js';
import { type Found, rulesOf } from '../rule.js';
import type { ScriptUse } from '../script/facts.js';
import { type Named, type Place, type Position, problem, words } from '../text.js';

/** All that newer Hubs have (onify/flow-validator). */
const FUNCTIONS = words('generateUuid slugify validateEmail');
/** What the Hub gives as jwt (onify/flow-validator: sign, verify), and what the library of that name has besides. */
const JWT = words('sign verify decode');
/** Keys of a process's status (onify/camunda-modeler-plugin). */
const STATUS_KEYS: readonly string[] = words('start continue complete pause stop error');

/** What a purge may delete (what public flows say of purge tags). */
const PURGES = words('full data');

const SECRET =
  /(^|[._])(\w*(token|secret|password|passwd|apikey|api_key|credentials?)|authorization|settings)$/i;
const PERSONAL =
  /(^|\.)(variables\.(submit|user)|\w*(e?mail|phone|mobile|personnummer|ssn|birthdate))$/i;

/** Rules about names in scripts, and about what scripts tell. */
export const scriptNameRules = rulesOf({
  'script-block': {
    error:
      'What let, const and class declare ends with the block around it; outside of it the name throws.',
    script: (use) =>
      use.facts.outside.map((name) =>
        at(use, name, `${name.name} is declared in another block. Declare it around both.`),
      ),
  },
  'script-constant': {
    error: 'A constant that is assigned to throws.',
    script: (use) =>
      use.facts.reassigned.map((name) =>
        at(use, name, `${name.name} is a constant. Declare it with let.`),
      ),
  },
  'script-function-unknown': {
    error: 'The object functions has three members; a call of another one throws.',
    script: (use) =>
      use.facts.chains.map((chain): Found => {
        const name = /^functions\.([\w$]+)$/.exec(chain.path)?.[1];
        const isUnknown = name !== undefined && !FUNCTIONS.includes(name);
        const near = nearHint(name ?? '', FUNCTIONS) || ` There are ${FUNCTIONS.join(', ')}.`;
        return (
          isUnknown &&
          chain.access === 'call' &&
          at(use, chain, `No Hub has functions.${name}.${near}`)
        );
      }),
  },
  'script-jwt': {
    error: 'What jwt does not have is undefined, and a call of it throws.',
    script: (use) =>
      use.facts.chains.map((chain): Found => {
        const name = /^jwt\.([\w$]+)$/.exec(chain.path)?.[1];
        const isUnknown = name !== undefined && chain.access === 'call' && !JWT.includes(name);
        return (
          isUnknown && at(use, chain, `There is no jwt.${name}. There are jwt.sign and jwt.verify.`)
        );
      }),
  },
  'script-log-secret': {
    error: "What a script prints stands in the Hub's log for good, for everyone who may read it.",
    script: (use) =>
      use.facts.printed.map((printed): Found => {
        if (isSecret(printed)) {
          return at(use, printed, `This prints ${printed.name}. Never print a secret.`);
        }
        const message = `This prints ${printed.name}, which are personal data. Print an id in their place.`;
        return PERSONAL.test(printed.name) && problem(placeIn(use, printed), message, 'warning');
      }),
    flow: (flow, blueprint) =>
      printedSecrets(flow, blueprint).map(({ printed, place, isAnswer }): Found => {
        const what = isAnswer ? 'all that was answered' : 'what it holds';
        const message = `This prints ${printed.name} whole: ${what}, secrets included. Print a name or a number out of it.`;
        return !isSecret(printed) && problem(place, message, 'warning');
      }),
  },
  'status-key': {
    error: 'A status that the Hub does not know is not set.',
    flow: ({ elements, at }) =>
      elements.map((xml): Found => {
        const isKey = xml.name === 'camunda:entry' && xml.attributes.key === 'statuskey';
        const text = xml.children.length === 0 ? xml.text.trim() : '';
        const isFixed = isKey && text !== '' && !text.includes('${');
        const near = nearHint(text, STATUS_KEYS) || ` Use ${STATUS_KEYS.join(', ')}.`;
        return (
          isFixed &&
          !STATUS_KEYS.includes(text) &&
          at(xml, `There is no statuskey "${text}".${near}`)
        );
      }),
    script: (use) =>
      use.facts.told.map((told): Found => {
        const { statuskey } = told.members;
        const near = nearHint(statuskey ?? '', STATUS_KEYS) || ` Use ${STATUS_KEYS.join(', ')}.`;
        return (
          statuskey !== undefined &&
          !STATUS_KEYS.includes(statuskey) &&
          at(use, told, `There is no statuskey "${statuskey}".${near}`)
        );
      }),
  },
  'purge-tag': {
    error: 'A purge tag that is misspelled deletes no process, and its data stay.',
    flow: ({ elements, placeOf }) =>
      elements.map((xml): Found => {
        const isTag = xml.children.length === 0 && xml.text.startsWith('purge:');
        return isTag && purgeProblem(placeOf(xml), xml.text.trim());
      }),
    script: (use) =>
      use.facts.literals.map(
        (literal): Found => purgeProblem(placeIn(use, literal), literal.value),
      ),
    blueprint: ({ config }) =>
      [...(config?.forms ?? []), ...(config?.workflows ?? [])].flatMap(({ tags, ...place }) =>
        tags.map((tag): Found => purgeProblem(place, tag)),
      ),
  },
});

/** What is wrong with a tag by which processes are deleted. */
function purgeProblem(place: Place, tag: string): Found {
  if (!tag.startsWith('purge:') || tag.includes('${')) {
    return false;
  }
  const kept = /^purge:\d+:[\w,|+-]+:(\w+)$/.exec(tag)?.[1];
  const near = PURGES.find((one) => isLetterOff(one, kept ?? one));
  if (near !== undefined) {
    return problem(place, `There is no purge "${kept}". Did you mean ${near}?`);
  }
  const message = `"${tag.slice(0, 80)}" deletes nothing. Write it as purge:{hours}:{statuses}:{full|data}, such as purge:72:complete:data.`;
  return !PURGES.includes(kept ?? '') && problem(place, message);
}

/** @returns whether something that a script prints is called like a secret */
export function isSecret({ name }: Named): boolean {
  return SECRET.test(name);
}

function at(use: ScriptUse, place: Position, message: string) {
  return problem(placeIn(use, place), message);
}

function placeIn({ element }: ScriptUse, { line, column }: Position) {
  return { element, line, column };
}
