import type { Attribute } from '../form/facts.js';
import type { Found } from '../rule.js';
import { problem } from '../text.js';

/** A field in a text: `{field}`. */
export const FIELD = /(?<![{$\\])\{([A-Za-z_]\w*)\}(?!\})/g;

/** A field as other templates name it: `${field}`, `{{field}}`, `#{field}`, `{form.field}`, `{ field }`. */
const OTHER_FORM =
  /(?:\$|#)\{(\w+)\}|\{\{\s*(\w+)\s*\}\}|\{(?:form|submit|fields?|environment\.variables\.submit)\.(\w+)\}|\{\s+(\w+)\s*\}/;
/** What is there when a form is made, as a text in quotes would name it. */
const LOCAL = /[$#]\{(?:user|form|submit)\b[^{}]{0,80}\}/;

/**
 * @param attribute that holds the text
 * @param text in it
 * @param member its name
 * @param known the fields of the form
 * @returns what is said of a text that would name a field, but not as `{field}`, or a value that it does not get so
 */
export function misplaced(
  attribute: Attribute,
  text: string,
  member: string,
  known: ReadonlySet<string>,
): Found {
  const [whole = '', ...names] = OTHER_FORM.exec(text) ?? [];
  const name = names.find((one) => one !== undefined) ?? '';
  if (known.has(name)) {
    const message = `${whole} is not filled in. Write {${name}}.`;
    return problem(attribute, message, member === 'input' ? 'error' : 'warning');
  }
  const [local] = LOCAL.exec(text) ?? [];
  if (local !== undefined) {
    const message = `${local} is not filled in within quotes. Put it together with +, or write the text in backticks.`;
    return problem(attribute, message, 'warning');
  }
  const isWord = member === 'input' && known.has(text);
  const message = `This hands over the word ${text}, and not what the field holds. Write {${text}}.`;
  return isWord && problem(attribute, message, 'warning');
}
