import { describe, expect, test } from 'vitest';
import type { HubModes } from '../../sandbox/hub/modes.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { hub, install } from './run-install.js';

const START = '/api/v2/my/processes/start/fortnox-refresh-schedule';
const startsOf = ({ faults }: Sandbox) => faults.calls.filter(({ path }) => path === START).length;

describe('the daily refresh', () => {
  test('is started once, after the import', async () => {
    const sandbox = await hub();
    const first = await install(sandbox);
    expect(first.json.schedule).toBe('started');
    expect(startsOf(sandbox)).toBe(1);
    const second = await install(sandbox);
    expect(second.json.schedule).toBe('untouched');
    expect(startsOf(sandbox)).toBe(1);
  });

  test('is not started where the Hub shows that it runs', async () => {
    const sandbox = await hub();
    await install(sandbox);
    sandbox.config().remove('workflow', 'fortnox-refresh-schedule');
    const again = await install(sandbox);
    expect(again.json.schedule).toBe('running');
    expect(startsOf(sandbox)).toBe(1);
  });

  test.each<Partial<HubModes>>([{ processStart: false }])(
    'is left to a person where the Hub can not start it: %j',
    async (modes) => {
      const done = await install(await hub({ modes }));
      expect(done).toMatchObject({ exitCode: 0, json: { schedule: 'by-hand' } });
      expect(done.lines.join(' ')).toMatch(/fortnox-refresh-schedule.*press Start/);
    },
  );

  test('is started where the Hub does not list what runs', async () => {
    const done = await install(await hub({ modes: { processesList: false } }));
    expect(done.json.schedule).toBe('started');
  });

  test('is started where it alone is new, and the Hub does not list what runs', async () => {
    const sandbox = await hub({ modes: { processesList: false } });
    await install(sandbox);
    sandbox.config().remove('workflow', 'fortnox-refresh-schedule');
    const again = await install(sandbox);
    expect(again.json.schedule).toBe('started');
    expect(startsOf(sandbox)).toBe(2);
  });

  test('that can not be started is told of, and the installation is whole', async () => {
    const sandbox = await hub();
    sandbox.faults.order({
      side: 'hub',
      path: START,
      kind: 'answer',
      status: 500,
      body: '{}',
      times: 9,
    });
    const done = await install(sandbox);
    expect(done).toMatchObject({ exitCode: 0, json: { schedule: 'by-hand' } });
    expect(done.context.stderr()).toMatch(/daily refresh could not be started/);
  });

  test('is started by the next run where one died between import and start', async () => {
    const sandbox = await hub();
    sandbox.faults.order({ side: 'hub', path: START, kind: 'hang' });
    const killed = await install(sandbox, {
      start: (context) => {
        sandbox.faults.onNote = ({ path }) => {
          if (path === START) {
            context.interrupt();
          }
        };
      },
    });
    expect(killed.exitCode).toBe(130);
    expect((await install(sandbox)).json.schedule).toBe('started');
  });

  test('is left to a person where that run may have started it, and the Hub does not show what runs', async () => {
    const sandbox = await hub({ modes: { processesList: false } });
    sandbox.faults.order({ side: 'hub', path: START, kind: 'hang' });
    const killed = await install(sandbox, {
      start: (context) => {
        sandbox.faults.onNote = ({ path }) => {
          if (path === START) {
            context.interrupt();
          }
        };
      },
    });
    expect(killed.exitCode).toBe(130);
    expect((await install(sandbox)).json.schedule).toBe('by-hand');
  });
});
