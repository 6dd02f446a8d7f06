// A modeler with the rules of this package in a page of a real browser, for the picture of it and for its test.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const require = createRequire(import.meta.url);
const asset = (name, path) => join(dirname(require.resolve(`${name}/package.json`)), 'dist', path);
const STYLES = [
  asset('bpmn-js', 'assets/diagram-js.css'),
  asset('bpmn-js', 'assets/bpmn-js.css'),
  asset('bpmn-js', 'assets/bpmn-font/css/bpmn-embedded.css'),
  asset('bpmn-js-bpmnlint', 'assets/css/bpmn-js-bpmnlint.css'),
];

// The linter's styles use colours that this version of bpmn-js no longer names.
const COLORS = `:root {
  --color-red-360-100-40: hsl(360, 100%, 40%);
  --color-blue-205-100-45: hsl(205, 100%, 45%);
  --color-grey-225-10-15: hsl(225, 10%, 15%);
  --color-grey-225-10-75: hsl(225, 10%, 75%);
  --color-grey-225-10-97: hsl(225, 10%, 97%);
}`;

/** Opens a modeler in a page, as a bundle that needs nothing of Node, and a flow in it. */
export async function openModeler(page, xml) {
  const input = join(dirname(fileURLToPath(import.meta.url)), 'modeler-page.mjs');
  const bundle = await rolldown({ input, platform: 'browser', logLevel: 'silent' });
  const { output } = await bundle.generate({ format: 'iife' });
  await bundle.close();
  await page.setContent(
    '<body style="margin:0"><div id="canvas" style="width:100vw;height:100vh"></div></body>',
  );
  for (const path of STYLES) {
    await page.addStyleTag({ content: readFileSync(path, 'utf8') });
  }
  await page.addStyleTag({ content: COLORS });
  await page.addScriptTag({ content: output[0].code });
  await page.evaluate((source) => globalThis.modeler.importXML(source), xml);
}

/** Draws on the flow: removes a sequence flow, as a person does with the wastebasket beside it. */
export async function removeConnection(page, id) {
  await page.evaluate((element) => {
    const connection = globalThis.modeler.get('elementRegistry').get(element);
    globalThis.modeler.get('modeling').removeConnection(connection);
  }, id);
}

/** What is shown at the elements, as soon as an element is marked: each `element: message`. */
export async function shownFindings(page, element) {
  await page.locator(`.djs-overlays[data-container-id="${element}"] .bjsl-overlay`).waitFor();
  return page.evaluate(() =>
    [...globalThis.document.querySelectorAll('.djs-overlays')].flatMap((overlays) =>
      [...overlays.querySelectorAll('.bjsl-issues li')].map(
        (issue) => `${overlays.dataset.containerId}: ${issue.textContent.trim()}`,
      ),
    ),
  );
}

/** Takes the picture of a flow with mistakes: one as it was opened, one drawn in the page, and what is said of one. */
export async function takePicture(page, xml, path) {
  await openModeler(page, xml.replace('>onifyElevatedApiRequest<', '>onifyElevatedApiRequests<'));
  await removeConnection(page, 'sure-to-status-answered');
  await shownFindings(page, 'status-answered');
  await page.evaluate(() => globalThis.modeler.get('canvas').zoom('fit-viewport', 'auto'));
  // A picture is narrower than a screen.
  const content = '.bjsl-issues li { white-space: normal } .bjsl-dropdown-content { width: 520px }';
  await page.addStyleTag({ content });
  await page.locator('[data-container-id="read-settings"] .bjsl-icon').hover();
  await page.screenshot({ path });
}
