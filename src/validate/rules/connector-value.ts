import { BODIES, entriesOf, HTTP, inputOf } from '../flow/connectors.js';
import { type GivenObject, objectsIn } from '../flow/given.js';
import { isLetterOff, isOtherSpelling } from '../letter-off.js';
import { nearHint } from '../near.js';
import { each, type Found, rulesOf } from '../rule.js';
import { problem, words } from '../text.js';

/** Where got 14 wants a map, with all entries that it takes. */
const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  timeout: words('lookup connect secureConnect socket send response read request'),
  retry: words(`
    limit methods statusCodes errorCodes maxRetryAfter calculateDelay backoffLimit noise
    enforceRetryRules`),
};
const RESPONSE_TYPES = words('text json buffer');
/** Grants of OAuth 2.0 (RFC 6749) with a fixed name. */
const GRANTS = words('authorization_code refresh_token client_credentials password');

/** Rules about what a call hands over. */
export const connectorValueRules = rulesOf({
  'connector-value': {
    error: 'The library got refuses a call with an option that is not of the kind it takes.',
    flow: each('connectors', (connector, flow, blueprint) => {
      const { at } = flow;
      if (connector.id !== HTTP) {
        return [];
      }
      const type = inputOf(connector, 'responseType');
      const isKnown = type?.text === undefined || /\$\{|^$/.test(type.text);
      const kinds = ` Use ${RESPONSE_TYPES.join(', ')}.`;
      const body = inputOf(connector, 'body');
      const [object] = (body && objectsIn(body, flow, blueprint)) ?? [];
      const bodies = BODIES.flatMap((name) => inputOf(connector, name) ?? []);
      const [, second] = bodies.filter(({ name }) => name !== 'payload');
      return [
        type !== undefined &&
          !isKnown &&
          !RESPONSE_TYPES.includes(type.text ?? '') &&
          at(
            type.xml,
            `There is no responseType "${type.text}".${nearHint(type.text ?? '', RESPONSE_TYPES) || kinds}`,
          ),
        object &&
          problem(object.place, 'A body is a text, and this is a map. Name it json, or form.'),
        second !== undefined &&
          at(second.xml, `This call has two bodies. Remove ${second.name}, or the other one.`),
        ...connector.inputs.flatMap((input) =>
          entriesOf(input).map(({ name, xml }) => {
            const known = Object.hasOwn(ENTRIES, input.name) ? ENTRIES[input.name] : undefined;
            const near = nearHint(name, known ?? []) || ` It takes ${known?.join(', ')}.`;
            const message = `${input.name} takes no ${name}.${near}`;
            return known !== undefined && !known.includes(name) && at(xml, message);
          }),
        ),
      ];
    }),
  },
  'grant-type': {
    error: 'A grant that OAuth does not have is refused, and no token comes.',
    flow: each('connectors', (connector, flow, blueprint) =>
      connector.inputs.flatMap((input) =>
        membersOf(objectsIn(input, flow, blueprint)).map(({ name, text = '', place }): Found => {
          const isGrant = name === 'grant_type' && !GRANTS.includes(text);
          const near = GRANTS.find((one) => isLetterOff(one, text) || isOtherSpelling(one, text));
          const message = `There is no grant "${text}". Did you mean ${near}?`;
          return isGrant && near !== undefined && problem(place, message);
        }),
      ),
    ),
  },
});

function membersOf(objects: readonly GivenObject[] | undefined): GivenObject['members'][number][] {
  return (objects ?? []).flatMap(({ members }) => members);
}
