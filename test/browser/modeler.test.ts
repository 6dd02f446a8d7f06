import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openModeler, removeConnection, shownFindings } from '../../tools/modeler.mjs';
import { emptyPage, inBrowser, useBrowser } from './support.js';

const FLOW = join(import.meta.dirname, '../../flows/fortnox-connection-status.bpmn');

useBrowser();

inBrowser('a modeler shows what is wrong with a flow, as soon as it is drawn', async () => {
  const page = await emptyPage();
  const xml = readFileSync(FLOW, 'utf8');
  await openModeler(page, xml.replace('>onifyElevatedApiRequest<', '>onifyElevatedApiRequests<'));
  expect(await shownFindings(page, 'read-settings')).toEqual([
    expect.stringMatching(/^read-settings: The Hub has no connector [\s\S]+\/connector-unknown\)$/),
  ]);
  await removeConnection(page, 'sure-to-status-answered');
  expect(await shownFindings(page, 'status-answered')).toContainEqual(
    expect.stringMatching(/^status-answered: Nothing is connected[\s\S]+\/no-disconnected\)$/),
  );
});
