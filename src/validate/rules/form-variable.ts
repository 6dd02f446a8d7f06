import { isOfHub } from '../form/hub-path.js';
import { LOCALS } from '../form/known.js';
import { type Found, rulesOf, unknownName } from '../rule.js';
import { LACKING, LANGUAGE } from '../script/sandbox.js';
import { words } from '../text.js';

/** What Pug and the process that it runs in give to every template. */
const GIVEN: ReadonlySet<string> = new Set([
  ...LANGUAGE,
  ...LACKING.keys(),
  ...words('Date console Buffer block attributes locals self'),
]);
/** What only flows and their scripts have. */
const OF_FLOWS = words('environment content logger next contextName');
/** Words of what a form has, under the names that it has them by; `t` is in too many. */
const OF_LOCALS = /^(users?|forms?|submit(ted)?|submission|helpers?)$/;
/** Names of a form; comparing each with more of them would take time that grows with its square. */
const MAX_DECLARED = 60;

/** Rules about names that a form takes from outside. */
export const formVariableRules = rulesOf({
  'form-variable': {
    warning: 'A name that nothing gives to a form is undefined in it; what is read of it fails.',
    form: (form) => {
      const { free, asked, taken, declared } = form.code;
      const known = [...(declared.length > MAX_DECLARED ? [] : declared), ...LOCALS];
      const mayComeFromElsewhere =
        form.parts.some(({ name }) => name !== form.view?.name) || !isOfHub(form);
      return free.map((name): Found => {
        if (LOCALS.includes(name.name) || GIVEN.has(name.name)) {
          return false;
        }
        const message = `Nothing gives ${name.name} to this form.`;
        const isOpen = mayComeFromElsewhere || asked.has(name.name);
        // One that only a function has, or another block, is near to what was meant all the same.
        const isElsewhere = known.includes(name.name);
        const others = isElsewhere ? known.filter((other) => other !== name.name) : known;
        const found = unknownName(name, name.name, others, message);
        if (isElsewhere && isOpen) {
          return found.severity === 'error' && { ...found, severity: 'warning' };
        }
        const throws = !isOpen && taken.has(name.name) && isMistaken(name.name);
        return (found.severity === 'error' || !isOpen) && (throws ? sure(found) : found);
      });
    },
  },
});

/**
 * Whether a name is one of a flow, or says what a form has under another name. What else a Hub may give to a form is not
 * public, but it gives none of these twice.
 */
function isMistaken(name: string): boolean {
  const parts = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[ _]/);
  return OF_FLOWS.includes(name) || parts.some((part) => OF_LOCALS.test(part));
}

function sure(found: Exclude<Found, false | undefined>): Found {
  return { ...found, message: `${found.message} What is read of it throws.`, severity: 'error' };
}
