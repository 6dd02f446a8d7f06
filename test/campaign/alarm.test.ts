import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runHealthy, runIncident } from '../../sandbox/campaign/alarm.js';
import { INCIDENTS } from '../../sandbox/campaign/alarm-kinds.js';
import { materialFrom } from '../../sandbox/campaign/material.js';

const material = await materialFrom(join(import.meta.dirname, '../..'));

describe('the alarm', () => {
  test.each(Object.keys(INCIDENTS))(
    'calls once at the first schedule after %s, and no more after it is mended',
    async (kind) => {
      expect(await runIncident(material, 1, kind)).toEqual({
        kind,
        isToldInTime: true,
        needless: 0,
      });
    },
  );

  test('is quiet where calls fail and it heals by itself', async () => {
    let faults = 0;
    for (let seed = 1; seed <= 10; seed += 1) {
      const history = await runHealthy(material, seed);
      expect(history.mails).toBe(0);
      faults += history.faults;
    }
    expect(faults).toBeGreaterThan(5);
  });
});
