import { type Found, mistyped } from '../rule.js';
import { ENVIRONMENT } from '../script/sandbox.js';
import { type Place, problem, words } from '../text.js';

/** What people look for in the environment itself. */
const OF_VARIABLES = words('input submit content');

/** @returns what is wrong with a member of the environment; nothing where it is one, or looks like none */
export function outOfEnvironment(place: Place, member: string): Found {
  const message = `The environment has no ${member}.`;
  return OF_VARIABLES.includes(member)
    ? problem(place, `${message} It stands in environment.variables.${member}.`)
    : mistyped(place, member, ENVIRONMENT, message);
}

/**
 * @param path of members, such as `environment.variables.input.id`
 * @returns what is wrong where it reads a variable that looks like a known one that is mistyped
 */
export function outOfVariables(place: Place, path: string): Found {
  const member = /^\s*environment\.variables\.([\w$]+)/.exec(path)?.[1] ?? '';
  return mistyped(place, member, OF_VARIABLES, `A flow is given no variable ${member}.`);
}
