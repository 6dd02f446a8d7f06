import type { Files } from '../../blueprint.js';
import { callMistakes } from './calls.js';
import { configMistakes } from './config.js';
import { connectorMistakes } from './connectors.js';
import { eventMistakes } from './events.js';
import { formMistakes } from './forms.js';
import { gatewayMistakes } from './gateways.js';
import type { Kind, Mistake } from './mistake.js';
import { nameMistakes } from './names.js';
import { orders } from './orders.js';
import { REPORT, report } from './report.js';
import { scriptMistakes } from './scripts.js';

/** All mistakes, by kind. */
export const mistakes: Readonly<Record<Kind, readonly Mistake[]>> = {
  scripts: scriptMistakes,
  connectors: [...connectorMistakes, ...callMistakes],
  forms: formMistakes,
  config: configMistakes,
  gateways: [...gatewayMistakes, ...eventMistakes],
  names: nameMistakes,
};

/** The blueprint that a mistake is made in, as it is without it. */
export function baseOf(mistake: Mistake): Files {
  return mistake.in === REPORT ? report : orders;
}

/** A blueprint with one mistake in it. */
export function mistaken(mistake: Mistake): Files {
  const base = baseOf(mistake);
  const edited = mistake.edit(String(base[mistake.in]));
  const rest = Object.entries(base).filter(
    ([path]) => path !== mistake.in && !mistake.without?.includes(path),
  );
  return {
    ...Object.fromEntries(rest),
    ...(edited !== undefined && { [mistake.in]: edited }),
    ...mistake.with,
  };
}
