import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './flow-world.js';

const flows = ['refresh-access-token', 'generate-access-token', 'disconnect'].map((name) =>
  readFileSync(join(root, `flows/fortnox-${name}.bpmn`), 'utf8'),
);

/** The text between two marks of a flow's file. */
function partOf(flow: string, from: string, to: string): string {
  const start = flow.indexOf(from);
  const end = flow.indexOf(to, start);
  expect(start, from).toBeGreaterThan(-1);
  expect(end, to).toBeGreaterThan(start);
  return flow.slice(start, end);
}

describe('what several flows do is done in the same way', () => {
  test.each([
    ['the sub-process that saves', '<bpmn:subProcess id="save-safely"', '</bpmn:subProcess>'],
    ['its drawing', '<bpmndi:BPMNDiagram id="save-safely-diagram"', '</bpmndi:BPMNDiagram>'],
    ['the judgement of an answer', '<bpmn:scriptTask id="judge-answer"', '</bpmn:scriptTask>'],
    ['the question to Fortnox', 'id="ask-fortnox-failed"', '</bpmn:boundaryEvent>'],
    ['the read of the settings', '<bpmn:serviceTask id="read-settings"', '</bpmn:serviceTask>'],
  ])('%s', (_name, from, to) => {
    // But for its name and the ways around it, which tell what the flow is about.
    const parts = flows.map((flow) =>
      partOf(flow, from, to)
        .replace(/(id="save-safely") name="[^"]*"/, '$1')
        .replace(
          /<bpmn:(incoming|outgoing)>(save-safely-to|\w[\w-]*-to-save-safely|\w[\w-]*-to-fortnox-answered)[^<]*<\/bpmn:\1>/g,
          '',
        )
        .replace(/<bpmn:(incoming|outgoing)>[^<]*<\/bpmn:\1>/g, (line) =>
          from.includes('judge') ? '' : line,
        ),
    );
    expect(new Set(parts).size).toBe(1);
  });
});
