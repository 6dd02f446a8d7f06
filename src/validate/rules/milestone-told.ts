import type { ToldMembers } from '../flow/told.js';
import { isLetterOff, isOtherSpelling } from '../letter-off.js';
import type { Found } from '../rule.js';
import { problem, words } from '../text.js';

/** What the Hub reads of a milestone, of its result and of a process's status (onify/camunda-modeler-plugin). */
export const MEMBERS = {
  state: words('id name result'),
  result: words('done error statusmessage'),
  status: words('statuskey statuscode statusmessage error alert_stateid'),
};

/** What people write in place of them. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ...words('message msg text description statustext').map((one) => [one, 'statusmessage'] as const),
  ...words('key state status').map((one) => [one, 'statuskey'] as const),
  ...words('code').map((one) => [one, 'statuscode'] as const),
  ...words('err failure').map((one) => [one, 'error'] as const),
]);
const OTHER_RESULTS: ReadonlyMap<string, string> = new Map([
  ...words('success ok completed complete finished succeeded').map((one) => [one, 'done'] as const),
  ...words('failed failure err fail').map((one) => [one, 'error'] as const),
]);

/** @returns what is wrong with the members of a status or a result */
export function toldProblems({ of, members, isMap }: ToldMembers): Found[] {
  const known = MEMBERS[of];
  const names = new Set(members.map(({ name }) => name));
  // Without one that only a status has it may be something of the flow's own.
  const isStatus =
    of === 'result' || [...names].some((name) => /^status_?(key|code|message)$/i.test(name));
  const isLacking = of === 'result' && !names.has('done') && !names.has('error');
  return members.map(({ name, place }): Found => {
    if (known.includes(name)) {
      return false;
    }
    const near = known.find((one) => isLetterOff(one, name) || isOtherSpelling(one, name));
    if (near !== undefined) {
      // In a map each entry is looked at by itself.
      const said = `There is no ${name} here. Did you mean ${near}?`;
      return !isMap && isStatus && !names.has(near) && problem(place, said);
    }
    const other = of === 'status' ? OTHER_WORDS.get(name) : undefined;
    const result = isLacking ? OTHER_RESULTS.get(name.toLowerCase()) : undefined;
    const meant = other !== undefined && isStatus && !names.has(other) ? other : result;
    const message = `The Hub reads no ${name} here. Did you mean ${meant}?`;
    return meant !== undefined && problem(place, message, 'warning');
  });
}
