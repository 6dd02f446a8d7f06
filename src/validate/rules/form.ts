import type { Blueprint } from '../blueprint.js';
import type { Form, MixinCall } from '../form/facts.js';
import { hubPathOf, isOfHub, OF_HUB } from '../form/hub-path.js';
import { BLOCKS, MIXINS, VIEWS } from '../form/known.js';
import { type Found, type Rule, rulesOf, unknownName } from '../rule.js';
import type { Config } from '../source/config-file.js';
import { problem } from '../text.js';
import { formConditionRules } from './form-condition.js';
import { formElementRules } from './form-element.js';
import { formFieldRules } from './form-field.js';
import { formSenseRules } from './form-sense.js';
import { formSubmittedRules } from './form-submitted.js';
import { formTextRules } from './form-text.js';
import { formUnsentRules } from './form-unsent.js';
import { formVariableRules } from './form-variable.js';

/** Rules about what a form is made of. */
const formShapeRules = rulesOf({
  'pug-syntax': {
    error: 'A form with a syntax error does not open.',
    form: (form) => [form.problem ?? form.code.problem],
  },
  'form-view': {
    error:
      "A form that does not extend one of the Hub's views has neither a frame nor the mixins for its fields.",
    form: (form, { config, locate }) => {
      if (!form.view) {
        const isNamed = config !== undefined && namedBy(config, locate).has(form.path);
        const message = 'This extends no view. Begin it with "extends ../views/form/default-form".';
        return [!form.problem && isNamed && problem({ line: 1, column: 1 }, message)];
      }
      const view = hubPathOf(form, form.view.name);
      if (OF_HUB.includes(view) || isFile(form, form.view.name, locate)) {
        return [];
      }
      const isOfTheHub = view.startsWith('/views/');
      const message = isOfTheHub
        ? `The Hub has no known view ${view}.`
        : `There is no view ${view} here.`;
      const found = unknownName(form.view, view, OF_HUB, message);
      // The Hub may have views that are not public, but only there.
      return [isOfTheHub ? found : { ...found, severity: 'error' }];
    },
  },
  'form-result': {
    warning:
      'The page after a submit shows what the flow did; the view of a form would ask for fields again.',
    form: (form, { config, locate }) => {
      const entry = config && namedBy(config, locate).get(form.path);
      if (!entry || !form.view) {
        return [];
      }
      const isResult = locate(entry.templates[1] ?? '') === form.path;
      const isOther = hubPathOf(form, form.view.name) === (isResult ? VIEWS.form : VIEWS.result);
      const message = `This is the ${isResult ? 'result' : 'form'} of ${entry.slug}, but it extends the view for the other one.`;
      return [isOther && problem(form.view, message)];
    },
  },
  'form-include': {
    error: 'A form that includes a file which is not there does not open.',
    form: (form, { locate }) =>
      form.parts.map((part): Found => {
        const isOfHub = hubPathOf(form, part.name).startsWith('/views/');
        const isFound = part.name === form.view?.name || isOfHub || isFile(form, part.name, locate);
        return (
          !isFound &&
          problem(
            part,
            `There is no file ${fileOf(form, part.name)} to be included. Check the path, which is counted from this form.`,
          )
        );
      }),
  },
  'form-outside': {
    error: 'A form that extends a view and holds anything but blocks and mixins does not open.',
    form: ({ outside }) =>
      outside.map((at) => problem(at, 'This is in no block. Move it below "block formContent".')),
  },
  'form-block': {
    error: 'A form that fills a block which its view does not have does not open.',
    form: (form) =>
      (isOfHub(form) ? form.blocks : []).map((block): Found => {
        const { name, mode } = block;
        if (!BLOCKS.includes(name)) {
          return unknownName(block, name, BLOCKS, `The view has no known block ${name}.`);
        }
        const message = 'Append to formConfig: replacing it would lose what the view sets itself.';
        return name === 'formConfig' && mode !== 'append' && problem(block, message, 'warning');
      }),
  },
  'form-mixin': {
    error:
      'A form that calls a mixin which nobody declares does not open; one of the Hub takes an object, and finds nothing in anything else.',
    form: (form, { forms, locate }) => {
      const others = form.parts.filter(({ name }) => name !== form.view?.name);
      const included = new Set(others.map(({ name }) => locate(`/${fileOf(form, name)}`)));
      const shared = others.length === 0 ? [] : forms.filter(({ path }) => included.has(path));
      // Forms are read one after another: what is included may be read later.
      const ofOthers = shared.length === others.length ? shared.flatMap((one) => one.mixins) : [];
      const known = new Set([...MIXINS, ...form.mixins, ...ofOthers]);
      const mayComeFromElsewhere =
        form.parts.some(({ name }) => name !== form.view?.name) || !isOfHub(form);
      return form.calls.map((call): Found => {
        if (known.has(call.name)) {
          return !form.mixins.includes(call.name) && argumentProblem(call);
        }
        const message = `Nothing declares the mixin ${call.name}.`;
        const found = unknownName(call, call.name, [...known], message);
        return (found.severity === 'error' || !mayComeFromElsewhere) && found;
      });
    },
  },
});

/** What is said of a call that does not give the Hub's mixin an object. */
function argumentProblem(call: MixinCall): Found {
  const { name, argument } = call;
  const isWrong = argument === 'attributes' || argument === 'other';
  const lacks = argument === 'nothing' && name === 'formElement';
  // How the mixins for groups are called is public by examples alone.
  const isSure = /^form(Element|Options)$/.test(name);
  const message = `${name} takes an object. Write +${name}({ … }), with a colon behind each name.`;
  return MIXINS.includes(name) && (isWrong || lacks)
    ? problem(call, message, isSure ? 'error' : 'warning')
    : false;
}

/** Rules about forms. */
export const formRules: readonly Rule[] = [
  ...formShapeRules,
  ...formVariableRules,
  ...formElementRules,
  ...formFieldRules,
  ...formConditionRules,
  ...formSenseRules,
  ...formTextRules,
  ...formSubmittedRules,
  ...formUnsentRules,
];

const named = new WeakMap<Config, ReadonlyMap<string, Config['forms'][number] | undefined>>();

/** The files that config.json names, each with the form that it is the page of; looked for once. */
function namedBy(config: Config, locate: Blueprint['locate']) {
  const found =
    named.get(config) ??
    new Map([
      ...config.references.map(({ path }) => [locate(path) ?? '', undefined] as const),
      // Of several forms the first counts.
      ...config.forms
        .toReversed()
        .flatMap((form) => form.templates.map((path) => [locate(path) ?? '', form] as const)),
    ]);
  named.set(config, found);
  return found;
}

/** The file that a form means, where it names no other kind than Pug. */
function fileOf(form: Form, name: string): string {
  const path = hubPathOf(form, name).slice(1);
  return /\.\w+$/.test(path) ? path : `${path}.pug`;
}

function isFile(form: Form, name: string, locate: Blueprint['locate']): boolean {
  const target = hubPathOf(form, name);
  return ['', '.pug', '.html', '.js', '.css', '.md'].some(
    (kind) => locate(target + kind) !== undefined,
  );
}
