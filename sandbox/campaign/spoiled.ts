import type { Finding } from './finding.js';

/** A guard that is removed from the flows and scripts. */
export interface Spoiled {
  readonly name: string;
  /** What stands for what: each must be in at least one flow or script, and is replaced in all. */
  readonly guards: readonly { readonly from: string; readonly to: string }[];
  /** What the campaign must find then, in so many histories from a seed on. */
  readonly finding: Finding;
  readonly seed: number;
  readonly within: number;
  readonly clientCredentials: boolean;
}

/** Flows that each lack a guard, as integrations in the field do: the campaign finds what comes of it. */
export const SPOILED: readonly Spoiled[] = [
  {
    name: 'saves once',
    guards: [
      {
        from: 'return isKept ? guarded() : look(Math.min(Math.ceil(saving.writes / 2), 3) * SECOND);',
        to: 'return isKept ? guarded() : done(false);',
      },
    ],
    finding: 'lost',
    seed: 3,
    within: 20,
    clientCredentials: false,
  },
  {
    name: 'writes over a newer record',
    guards: [{ from: 'if (isNewer(stored)) {', to: 'if (false) {' }],
    finding: 'lost',
    seed: 15,
    within: 20,
    clientCredentials: false,
  },
  {
    name: 'takes any 2xx for saved',
    guards: [
      {
        from: " &amp;&amp; body !== null &amp;&amp; typeof body === 'object' &amp;&amp; !Array.isArray(body)",
        to: '',
      },
    ],
    finding: 'lost',
    seed: 3,
    within: 20,
    clientCredentials: false,
  },
  {
    name: 'calls a token dead without a watch',
    guards: [
      { from: 'const WATCH_FOR_WINNER = 10 * SECOND;', to: 'const WATCH_FOR_WINNER = 0;' },
      { from: 'const WATCH_BEFORE_VERDICT = 28 * SECOND;', to: 'const WATCH_BEFORE_VERDICT = 0;' },
      { from: '  if (isWorthALastCall()) {', to: '  if (false) {' },
    ],
    finding: 'false',
    seed: 36,
    within: 20,
    clientCredentials: false,
  },
  {
    name: 'begins with the refresh token',
    guards: [
      {
        from: 'return base.client_credentials_proven || base.refresh_token_rejected || isScheduled',
        to: 'return base.refresh_token_rejected',
      },
    ],
    finding: 'spent',
    seed: 7,
    within: 20,
    clientCredentials: true,
  },
  {
    name: 'believes one list that lacks the token',
    guards: [
      {
        from: 'if (!look.hasToken && !look.byKey && !(work.withoutToken > 2)) {',
        to: 'if (false) {',
      },
    ],
    finding: 'false',
    seed: 20,
    within: 20,
    clientCredentials: true,
  },
  {
    name: 'answers the token that is stored',
    guards: [
      { from: '    work.base = token;\n  } else if', to: '    return answer(token);\n  } else if' },
    ],
    finding: 'wrong',
    seed: 1,
    within: 20,
    clientCredentials: true,
  },
  {
    name: 'says that nothing was written',
    guards: [{ from: "isPrecious ? 'not-kept' : 'not-stored'", to: "'settings-unreadable'" }],
    finding: 'false',
    seed: 1,
    within: 20,
    clientCredentials: true,
  },
  {
    name: 'learns the company over a rotation',
    guards: [{ from: '(isLearning || (work.isScheduled', to: '(false || (work.isScheduled' }],
    finding: 'lost',
    seed: 28,
    within: 20,
    clientCredentials: false,
  },
  {
    // Several guards stand in for each other here; an integration in the field has none of them.
    name: 'knows nothing of other companies',
    guards: [
      { from: 'if (isNewer(stored)) {', to: 'if (false) {' },
      { from: 'const SEEN_LATELY = 5 * SECOND;', to: 'const SEEN_LATELY = 500 * SECOND;' },
      { from: '? !!(base.refresh_token || base.tenant_id)', to: '? false' },
      { from: 'if (elapsed > LAST_QUESTION || !look.clientSecret) {', to: 'if (true) {' },
    ],
    finding: 'foreign',
    seed: 1059,
    within: 2,
    clientCredentials: true,
  },
  {
    name: 'looks no second time after a write in doubt',
    guards: [
      { from: '    saving.isKept = true;\n    return guarded();', to: '    return done(true);' },
    ],
    finding: 'foreign',
    seed: 104_808,
    within: 1,
    clientCredentials: true,
  },
];
