import type { Rule } from '../rule.js';
import { flowGroups } from '../rules/flow.js';
import { secretRules } from '../rules/secret.js';
import { secretLeftRules } from '../rules/secret-left.js';

/**
 * Rules that a modeler can't run, though they look at flows: what they find never reaches the model that it draws.
 *
 * @internal
 */
export const UNREADABLE: readonly string[] = ['xml-readable', 'bpmn-readable'];

/** The rules that need a flow alone, and neither its folder nor its file. */
export const modelerRules: readonly Rule[] = [
  ...flowGroups.flatMap(({ rules }) => rules),
  ...secretLeftRules,
  ...secretRules,
].filter(
  ({ id, ...rule }) =>
    !UNREADABLE.includes(id) &&
    (rule.anyFlow ?? rule.flow ?? rule.wholeFlow ?? rule.script ?? rule.text) !== undefined,
);
