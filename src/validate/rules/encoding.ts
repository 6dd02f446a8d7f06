import type { Blueprint } from '../blueprint.js';
import { HTTP, inputOf } from '../flow/connectors.js';
import { answersIn } from '../flow/given.js';
import type { Flow, Parameter } from '../flow/model.js';
import { each, type Found, rulesOf } from '../rule.js';
import { problem } from '../text.js';

// A secret does not belong there at all, which has a rule of its own.
const ENCODED = /encode|query|params|secret|password|token|api_?key/i;
/** An address up to where its host ends. */
const HOST = /^(?:[^?#]*\/\/[^/?#]+|…|)[/?]/;
/** A form body up to where a value stands. */
const FIELD = /(?:^|&)[\w.%…-]+=[^&]*$/;
/** What is an address itself, or a part of one. */
const ADDRESS = /ur[li]|link|path|href|address|query|host/i;

/** Rules about values that are put into an address or a form body as they are. */
export const encodingRules = rulesOf({
  'address-encoding': {
    warning: 'A value with /, & or # in it changes the address that it is put into.',
    flow: each('connectors', (connector, flow, blueprint) => {
      const url = inputOf(connector, 'url');
      const name = url?.text && /[?&]([\w.[\]-]+)=\$\{([^{}]+)\}/.exec(url.text);
      const isRaw = name && !ENCODED.test(name[2] ?? '');
      const option = connector.id === HTTP ? 'searchParams' : 'query';
      const message = `The value of ${name?.[1]} is not encoded. Put it into ${option}.`;
      return [
        url && isRaw ? flow.at(url.xml, message) : false,
        ...(url ? rawIn(url, flow, blueprint, HOST) : []),
      ];
    }),
  },
  'form-encoding': {
    warning: 'A value with & or + in it changes the form body that it is put into.',
    flow: each('connectors', (connector, flow, blueprint) => {
      const body = connector.id === HTTP ? inputOf(connector, 'body') : undefined;
      const name = body?.text && /(?:^|&)([\w.-]+)=[^&{}]*\$\{([^{}]+)\}/.exec(body.text);
      const isRaw = name && !/encode/i.test(name[2] ?? '');
      const message = `The value of ${name?.[1]} is not encoded. Put it into form, which encodes it.`;
      return [
        body && isRaw ? flow.at(body.xml, message) : false,
        ...(body ? rawIn(body, flow, blueprint, FIELD) : []),
      ];
    }),
  },
});

/** What a script puts into a text behind a pattern, as it came in. */
function rawIn(parameter: Parameter, flow: Flow, blueprint: Blueprint, behind: RegExp): Found[] {
  return answersIn(parameter, flow, blueprint).flatMap(({ answer, placeOf }) =>
    answer.raw.map(({ path, before }): Found => {
      const name = path.slice(path.lastIndexOf('.') + 1);
      const message = `${path} goes in as it is. Write encodeURIComponent(…) around it.`;
      return behind.test(before) && !ADDRESS.test(name) && problem(placeOf(answer), message);
    }),
  );
}
