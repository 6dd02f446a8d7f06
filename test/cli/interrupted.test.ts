import { expect, test } from 'vitest';
import { hub } from '../support/hub.js';
import { isWindows } from '../support/platform.js';
import { cli } from '../support/run-cli.js';

test.skipIf(isWindows)(
  'Ctrl-C in the middle of an installation: it says what is done, what is not, and what to do next',
  async () => {
    const { sandbox, env } = await hub();
    const import_ = { side: 'hub', path: '/api/v2/setup', method: 'POST' } as const;
    sandbox.faults.order({ ...import_, kind: 'hang', times: 9 });
    const ended = await cli(['install'], {
      env,
      interruptWhen: (printed) => printed.includes('Importing config.json'),
    });
    expect(ended.code).toBe(130);
    expect(ended.said).toMatch(
      /22 done, 0 failed, 7 still to do\. Error: Interrupted\. What is done stays done; run install again, and it does the rest\. $/,
    );
    // The Hub may read the last request only now; that one has to hang as well.
    await cli(['status'], { env });
    sandbox.faults.clear();
    const again = await cli(['install', '--json'], { env });
    expect(again.code).toBe(0);
    const { changes } = JSON.parse(again.stdout);
    const written = changes.filter(({ action }: { action: string }) => action !== 'unchanged');
    expect(written).toHaveLength(7);
  },
);

test('two installations of two processes at once end well', async () => {
  const { env } = await hub();
  const ends = await Promise.all([cli(['install'], { env }), cli(['install'], { env })]);
  expect(ends.map(({ code }) => code)).toEqual([0, 0]);
  const again = await cli(['install', '--dry-run', '--exit-code', '--json'], { env });
  expect(again.code).toBe(0);
});

test('an installation and a removal at once leave nothing that the next one does not put right', async () => {
  const { env } = await hub();
  await cli(['install'], { env });
  await Promise.all([cli(['install'], { env }), cli(['uninstall', '--yes'], { env })]);
  const again = await cli(['install'], { env });
  expect(again, again.stderr).toMatchObject({ code: 0 });
  expect(await cli(['install', '--dry-run', '--exit-code'], { env })).toMatchObject({ code: 0 });
});
