import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BpmnModdle, type ModdleElement } from 'bpmn-moddle';
import { describe, expect, test } from 'vitest';
import { root } from './flow-world.js';

interface Point {
  readonly x: number;
  readonly y: number;
}
interface Box extends Point {
  readonly width: number;
  readonly height: number;
}
type Segment = readonly [Point, Point];

const flows = readdirSync(join(root, 'flows'));

describe.each(flows)('%s', async (file) => {
  const xml = readFileSync(join(root, 'flows', file), 'utf8');
  const { rootElement, warnings, elementsById } = await new BpmnModdle().fromXML(xml);
  const drawn = (rootElement.diagrams as ModdleElement[]).flatMap(
    (diagram) => (diagram.plane as ModdleElement).planeElement as ModdleElement[],
  );
  const shapes = drawn.filter((element) => element.$type === 'bpmndi:BPMNShape');
  const edges = drawn.filter((element) => element.$type === 'bpmndi:BPMNEdge');
  const elementOf = (shape: ModdleElement) => shape.bpmnElement as ModdleElement;

  test('is read without a warning', () => {
    expect(warnings).toEqual([]);
  });

  test('every element is drawn', () => {
    const drawable = Object.values(elementsById).filter(({ $type }) =>
      /Task$|Event$|Gateway$|SubProcess$|SequenceFlow$|Participant$|Lane$/.test($type),
    );
    const ids = new Set(drawn.map((shape) => elementOf(shape).id));
    expect(drawable.map(({ id }) => id).filter((id) => !ids.has(id))).toEqual([]);
  });

  test('every element has a name, and an id that reads', () => {
    for (const shape of shapes) {
      expect(elementOf(shape).name, elementOf(shape).id).toMatch(/\w/);
      expect(elementOf(shape).id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    }
  });

  test('no two lines cross', () => {
    const crossings: string[] = [];
    const lines = edges.map((edge) => ({ id: elementOf(edge).id, segments: segmentsOf(edge) }));
    for (const [at, one] of lines.entries()) {
      for (const other of lines.slice(at + 1)) {
        if (one.segments.some((a) => other.segments.some((b) => cross(a, b)))) {
          crossings.push(`${one.id} × ${other.id}`);
        }
      }
    }
    expect(crossings).toEqual([]);
  });

  test('no line runs through an element that it does not belong to', () => {
    const nodes = shapes.filter((shape) => /Task$|Event$|Gateway$/.test(elementOf(shape).$type));
    const hits: string[] = [];
    for (const edge of edges) {
      const { sourceRef, targetRef } = elementOf(edge) as {
        sourceRef?: ModdleElement;
        targetRef?: ModdleElement;
      };
      for (const node of nodes) {
        const element = elementOf(node);
        const isOwn = [sourceRef, targetRef].some(
          (end) => end === element || end?.attachedToRef === element,
        );
        const hosts = nodes.some(
          (other) => elementOf(other).attachedToRef === element && elementOf(other) === sourceRef,
        );
        if (isOwn || hosts) {
          continue;
        }
        if (
          segmentsOf(edge).some((segment) => runsThrough(segment, node.bounds as unknown as Box))
        ) {
          hits.push(`${elementOf(edge).id} through ${element.id}`);
        }
      }
    }
    expect(hits).toEqual([]);
  });

  test('its picture in docs/diagrams was drawn from this very file', () => {
    const digests = JSON.parse(readFileSync(join(root, 'docs/diagrams/digests.json'), 'utf8'));
    expect(existsSync(join(root, 'docs/diagrams', file.replace('.bpmn', '.png')))).toBe(true);
    expect(digests[file], 'run: npm run diagrams').toBe(
      createHash('sha256').update(xml).digest('hex'),
    );
  });
});

function segmentsOf(edge: ModdleElement): Segment[] {
  const points = edge.waypoint as Point[];
  return points.slice(1).flatMap((point, at) => {
    const before = points[at];
    return before ? [[before, point] as const] : [];
  });
}

/** True where one segment passes over the other; touching at an end is no crossing. */
function cross(a: Segment, b: Segment): boolean {
  const side = ([p, q]: Segment, r: Point) =>
    Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  return side(a, b[0]) * side(a, b[1]) < 0 && side(b, a[0]) * side(b, a[1]) < 0;
}

function runsThrough([from, to]: Segment, box: Box): boolean {
  const inset = 2;
  const overlaps = (a: number, b: number, low: number, size: number) =>
    Math.max(a, b) > low + inset && Math.min(a, b) < low + size - inset;
  return overlaps(from.x, to.x, box.x, box.width) && overlaps(from.y, to.y, box.y, box.height);
}
