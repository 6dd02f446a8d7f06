// Renders every flow with bpmn-js in headless Chromium, as Camunda Modeler shows it, to docs/diagrams/*.png.
//
//   npm run diagrams [-- --out DIR]      CHROMIUM=/path/to/chromium names a browser that is not in a usual place
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: { out: { type: 'string', default: join(root, 'docs/diagrams') } },
});
const require = createRequire(import.meta.url);
const browsers = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const executablePath = browsers.find((path) => path && existsSync(path));
if (!executablePath) {
  process.stderr.write(
    'No Chromium found. Install it (Debian: apt-get install chromium), or set CHROMIUM.\n',
  );
  process.exit(2);
}

const viewer = readFileSync(
  join(dirname(require.resolve('bpmn-js/package.json')), 'dist/bpmn-viewer.production.min.js'),
  'utf8',
);
const margin = 20;

/** The pages of a flow: its own, and one for each sub-process that is drawn apart. */
function pagesOf(xml) {
  return [...xml.matchAll(/<bpmndi:BPMNPlane [^>]*bpmnElement="([^"]+)"/g)].map(([, id]) => id);
}

/** Draws one page of a flow, and answers the picture and what the viewer warned of. */
async function draw(page, xml, plane) {
  await page.setContent(
    '<body style="margin:0"><div id="canvas" style="width:100vw;height:100vh"></div></body>',
  );
  await page.addScriptTag({ content: viewer });
  const { box, warnings } = await page.evaluate(
    async ([source, root]) => {
      globalThis.viewer = new globalThis.BpmnJS({ container: '#canvas' });
      const imported = await globalThis.viewer.importXML(source);
      const canvas = globalThis.viewer.get('canvas');
      canvas.setRootElement(canvas.findRoot(`${root}_plane`) ?? canvas.findRoot(root));
      const { inner } = globalThis.viewer.get('canvas').viewbox();
      return { box: inner, warnings: imported.warnings.map((warning) => warning.message) };
    },
    [xml, plane],
  );
  const view = {
    x: box.x - margin,
    y: box.y - margin,
    width: box.width + 2 * margin,
    height: box.height + 2 * margin,
  };
  await page.setViewportSize({ width: Math.ceil(view.width), height: Math.ceil(view.height) });
  await page.evaluate((seen) => {
    const canvas = globalThis.viewer.get('canvas');
    canvas.resized();
    canvas.viewbox(seen);
    for (const mark of globalThis.document.querySelectorAll(
      '.bjs-powered-by, .bjs-breadcrumbs, .bjs-drilldown',
    )) {
      mark.style.display = 'none';
    }
  }, view);
  return { png: await page.screenshot(), warnings };
}

const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-sync',
    '--no-first-run',
  ],
});
const page = await browser.newPage({ deviceScaleFactor: 1 });
mkdirSync(values.out, { recursive: true });
const digests = {};
let warned = 0;
for (const file of readdirSync(join(root, 'flows')).sort()) {
  const xml = readFileSync(join(root, 'flows', file), 'utf8');
  for (const [at, plane] of pagesOf(xml).entries()) {
    const { png, warnings } = await draw(page, xml, plane);
    const name = file.replace(/\.bpmn$/, at === 0 ? '.png' : `-${plane}.png`);
    writeFileSync(join(values.out, name), png);
    warned += warnings.length;
    process.stdout.write(`${name}${warnings.map((warning) => `\n  ${warning}`).join('')}\n`);
  }
  digests[file] = createHash('sha256').update(xml).digest('hex');
}
await browser.close();
// Tests compare these with the flows, so that a picture that is out of date is noticed.
writeFileSync(join(values.out, 'digests.json'), `${JSON.stringify(digests, null, 2)}\n`);
process.exit(warned > 0 ? 1 : 0);
