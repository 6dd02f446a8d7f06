import type { Blueprint } from '../blueprint.js';
import { attributeOf, elementsOf, type Form, isShownOnly } from '../form/facts.js';
import { type Found, rulesOf } from '../rule.js';
import { problem } from '../text.js';

/** Rules about forms that cannot be sent. */
export const formUnsentRules = rulesOf({
  'form-unsent': {
    warning:
      'A form without its button cannot be sent, so what people fill in goes nowhere and its workflow never starts.',
    blueprint: (blueprint) => [...submitting(blueprint)].map(unsent),
  },
});

/** The forms that have a workflow to be submitted to. */
function submitting({ config, forms, locate }: Blueprint): Set<Form> {
  const byPath = new Map(forms.map((form) => [form.path, form] as const));
  return new Set(
    (config?.forms ?? []).flatMap(({ templates, workflow }) => {
      const form = byPath.get(locate(templates[0] ?? '') ?? '');
      return form && workflow !== undefined && workflow !== '' ? [form] : [];
    }),
  );
}

function unsent(form: Form): Found {
  const hidden = form.calls
    // In a branch it may be hidden until there is something to send.
    .filter(({ name, branches }) => name === 'formOptions' && branches.length === 0)
    .flatMap((call) => attributeOf(call, 'hideSubmitButton') ?? [])
    .find(({ value }) => value === true);
  const elements = elementsOf(form);
  const types = elements.map((element) => attributeOf(element, 'type'));
  // What has a button of its own, or may have one.
  const mayBeSent =
    form.hasControls ||
    form.parts.some(({ name }) => name !== form.view?.name) ||
    form.calls.some(({ name }) => form.mixins.includes(name)) ||
    types.some((type) => type && (typeof type.value !== 'string' || HAS_BUTTON.test(type.value)));
  const takesIn = elements.some(
    (element) => !isShownOnly(element) && attributeOf(element, 'name') && !isReadonly(element),
  );
  const message =
    'This hides the only button of the form. Remove it, so that the form can be sent.';
  return (
    hidden !== undefined &&
    takesIn &&
    !mayBeSent &&
    problem({ file: form.path, line: hidden.line, column: hidden.column }, message)
  );
}

const HAS_BUTTON = /^(runWorkflow|link|agentTask.*)$/;

function isReadonly(element: Parameters<typeof attributeOf>[0]): boolean {
  return attributeOf(element, 'readonly')?.value === true;
}
