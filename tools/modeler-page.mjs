// What runs in the page that tools/modeler.mjs opens: a modeler as docs/validation.md shows it.
import BpmnModeler from 'bpmn-js/lib/Modeler';
import lintModule from 'bpmn-js-bpmnlint';
import { linting } from 'fortnox-blueprint/bpmnlint';

globalThis.modeler = new BpmnModeler({
  container: '#canvas',
  linting: { bpmnlint: linting, active: true },
  additionalModules: [lintModule],
});
