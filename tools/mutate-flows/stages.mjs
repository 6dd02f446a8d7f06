/**
 * The looks that are taken at a mutant, the cheapest first; what one finds, no other is asked about. `compares` is done
 * in one process for all mutants; `tests` are run for each.
 */
export const STAGES = [
  { name: 'calls', compares: true },
  { name: 'scripts', tests: () => SCRIPT_TESTS },
  { name: 'matrix', compares: true },
  { name: 'flows', tests: flowTestsOf },
];

const SCRIPT_TESTS = [
  'flows/diagram.test.ts',
  'scripts/scripts.test.ts',
  'scripts/limits.test.ts',
  'flows/same.test.ts',
  'scripts/properties.test.ts',
];

/** The flow tests that look at a file; the quickest that is likely to find a change comes first. */
const FLOW_TESTS = [
  [/refresh-schedule|plan-schedule|judge-run|copy-run/, ['kept', 'schedule']],
  [/connection-status|report-connection/, ['kept', 'connection-status']],
  [/activation-url/, ['kept', 'activation-url', 'consent']],
  [/disconnect/, ['disconnect', 'losses', 'kept']],
  [
    /generate-access-token|check-consent|choose-question/,
    ['consent', 'activation', 'learning', 'losses', 'kept'],
  ],
  [
    /refresh-access-token|choose-grant/,
    ['steady', 'refresh-grants', 'refresh-faults', 'learning', 'losses', 'kept'],
  ],
  [
    /read-settings|explain/,
    ['refresh-grants', 'activation', 'disconnect', 'schedule', 'losses', 'kept'],
  ],
];

function flowTestsOf(files) {
  const isOf = ([pattern]) => files.some((file) => pattern.test(file));
  const own = [...new Set(FLOW_TESTS.filter(isOf).flatMap(([, tests]) => tests))];
  return own.map((name) => `flows/${name}.flow.test.ts`);
}
