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
  const pages = (rootElement.diagrams as ModdleElement[]).map((diagram) => {
    const drawn = (diagram.plane as ModdleElement).planeElement as ModdleElement[];
    return {
      drawn,
      shapes: drawn.filter((element) => element.$type === 'bpmndi:BPMNShape'),
      edges: drawn.filter((element) => element.$type === 'bpmndi:BPMNEdge'),
    };
  });

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

  test('every element has a name, but for a gateway where ways meet, and an id that reads', () => {
    for (const shape of shapes) {
      const { $type, outgoing } = elementOf(shape);
      if (!$type.endsWith('Gateway') || (outgoing as unknown[]).length > 1) {
        expect(elementOf(shape).name, elementOf(shape).id).toMatch(/\w/);
      }
      expect(elementOf(shape).id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    }
  });

  test('no two lines cross, or run along the same way', () => {
    const crossings: string[] = [];
    for (const [one, other] of pages.flatMap(({ edges }) => pairsOf(edges))) {
      const meets = segmentsOf(one).some((a) =>
        segmentsOf(other).some((b) => cross(a, b) || runAlong(a, b)),
      );
      if (meets) {
        crossings.push(`${elementOf(one).id} × ${elementOf(other).id}`);
      }
    }
    expect(crossings).toEqual([]);
  });

  test('what a task is can be seen: no event on its edge hides the icon in its corner', () => {
    const boxOf = (shape: ModdleElement) => shape.bounds as unknown as Box;
    const hidden = pages.flatMap((page) => {
      const tasks = page.shapes.filter((shape) => /Task$/.test(elementOf(shape).$type));
      return page.shapes.flatMap((event) => {
        const host = elementOf(event).attachedToRef;
        return tasks
          .filter((task) => elementOf(task) === host && meet(iconOf(boxOf(task)), boxOf(event)))
          .map(() => elementOf(event).id);
      });
    });
    expect(hidden).toEqual([]);
  });

  test('no two lines leave a gateway at one side', () => {
    const seen = edges
      .filter((edge) => (elementOf(edge).sourceRef as ModdleElement).$type.endsWith('Gateway'))
      .map((edge) => {
        const [from, to] = edge.waypoint as [Point, Point];
        const side = [Math.sign(to.x - from.x), Math.sign(to.y - from.y)].join();
        return `${(elementOf(edge).sourceRef as ModdleElement).id} ${side}`;
      });
    expect(seen.filter((place, at) => seen.indexOf(place) !== at)).toEqual([]);
  });

  test('where a line divides, every branch has its condition but one, which is taken by default', () => {
    for (const shape of shapes) {
      const { $type, id, outgoing, default: usual } = elementOf(shape);
      const branches = (outgoing as ModdleElement[] | undefined) ?? [];
      if (!$type.endsWith('Gateway') || branches.length < 2) {
        continue;
      }
      const without = branches.filter((flow) => !flow.conditionExpression).map((flow) => flow.id);
      expect(without, id).toEqual([(usual as ModdleElement | undefined)?.id]);
    }
  });

  test('one line reaches a task or an event; where several meet there is a gateway that does nothing else', () => {
    const nodes = shapes
      .map(elementOf)
      .filter(({ $type }) => /Task$|Event$|SubProcess$|Gateway$/.test($type));
    const many = nodes.filter(
      ({ incoming }) => ((incoming as unknown[] | undefined) ?? []).length > 1,
    );
    expect(many.filter(({ $type }) => !$type.endsWith('Gateway')).map(({ id }) => id)).toEqual([]);
    expect(
      many.filter(({ outgoing }) => (outgoing as unknown[]).length > 1).map(({ id }) => id),
    ).toEqual([]);
  });

  test('every way ends: what is no end leads on, and a failing end is an error end with a name', () => {
    const nodes = shapes
      .map(elementOf)
      .filter(({ $type }) => /Task$|Event$|SubProcess$|Gateway$/.test($type));
    const dead = nodes.filter(
      ({ $type, outgoing }) =>
        $type !== 'bpmn:EndEvent' && ((outgoing as unknown[] | undefined) ?? []).length === 0,
    );
    expect(dead.map(({ id }) => id)).toEqual([]);
    const failing = nodes.flatMap((node) =>
      node.id === 'explain' ? (node.outgoing as ModdleElement[]) : [],
    );
    const names = failing.map(({ targetRef }) => {
      const definitions = (targetRef as ModdleElement).eventDefinitions as ModdleElement[];
      return definitions.map(({ errorRef }) => (errorRef as ModdleElement).name);
    });
    expect(names).toEqual([[expect.stringMatching(/\w/)]]);
  });

  test('no label lies over another, over an element, or over a line', () => {
    const overlaps: string[] = [];
    for (const page of pages) {
      const labels = page.drawn.flatMap((element) => labelOf(element));
      const nodes = page.shapes.filter((shape) => !/Participant$/.test(elementOf(shape).$type));
      for (const [at, one] of labels.entries()) {
        for (const other of labels.slice(at + 1)) {
          if (meet(one.box, other.box)) {
            overlaps.push(`${one.id} over ${other.id}`);
          }
        }
        for (const node of nodes) {
          // The box of a gateway is larger than what is drawn of it.
          const isOwn = elementOf(node).id === one.id;
          if (!isOwn && meet(one.box, node.bounds as unknown as Box)) {
            overlaps.push(`${one.id} over ${elementOf(node).id}`);
          }
        }
        for (const edge of page.edges) {
          if (segmentsOf(edge).some((segment) => runsThrough(segment, one.box))) {
            overlaps.push(`${one.id} over the line ${elementOf(edge).id}`);
          }
        }
      }
    }
    expect(overlaps).toEqual([]);
  });

  test('a page holds at most 30 elements, that of the refresh 24', () => {
    const most = file === 'fortnox-refresh-access-token.bpmn' ? 24 : 30;
    for (const page of pages) {
      expect(
        page.shapes.filter((shape) => !/Participant$/.test(elementOf(shape).$type)).length,
      ).toBeLessThanOrEqual(most);
    }
  });

  test('the way that is usually taken is a straight line', () => {
    const usual = edges.filter(
      (edge) => !(elementOf(edge).sourceRef as ModdleElement).attachedToRef,
    );
    const ends = shapes
      .map(elementOf)
      .filter(({ $type, eventDefinitions }) => $type === 'bpmn:EndEvent' && !eventDefinitions);
    const straight = usual.filter((edge) => {
      const points = edge.waypoint as Point[];
      return points.length === 2 && points[0]?.y === points[1]?.y;
    });
    const start = shapes.map(elementOf).find(({ $type }) => $type === 'bpmn:StartEvent');
    const reached = new Set([start]);
    for (const _round of straight) {
      for (const edge of straight) {
        if (reached.has(elementOf(edge).sourceRef as ModdleElement)) {
          reached.add(elementOf(edge).targetRef as ModdleElement);
        }
      }
    }
    expect(ends.some((end) => reached.has(end))).toBe(true);
  });

  test('no line runs through an element that it does not belong to', () => {
    const hits: string[] = [];
    for (const [edge, nodes] of pages.flatMap(byEdge)) {
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
    for (const page of pages.keys()) {
      const part = page === 0 ? '' : '-save-safely';
      const picture = join(root, 'docs/diagrams', file.replace('.bpmn', `${part}.png`));
      expect(existsSync(picture), picture).toBe(true);
    }
    expect(digests[file], 'run: npm run diagrams').toBe(
      createHash('sha256').update(xml).digest('hex'),
    );
  });
});

interface Page {
  readonly shapes: ModdleElement[];
  readonly edges: ModdleElement[];
}

function elementOf(shape: ModdleElement): ModdleElement {
  return shape.bpmnElement as ModdleElement;
}

/** Each line of a page, with the nodes that are drawn on it. */
function byEdge({ shapes, edges }: Page): [ModdleElement, ModdleElement[]][] {
  const nodes = shapes.filter((shape) =>
    /Task$|Event$|Gateway$|SubProcess$/.test(elementOf(shape).$type),
  );
  return edges.map((edge) => [edge, nodes]);
}

function pairsOf<T>(all: readonly T[]): [T, T][] {
  return all.flatMap((one, at) => all.slice(at + 1).map((other): [T, T] => [one, other]));
}

/** The label of a shape or a line, where it has one of its own. */
function labelOf(element: ModdleElement): { id: string; box: Box }[] {
  const label = element.label as ModdleElement | undefined;
  return label ? [{ id: String(elementOf(element).id), box: label.bounds as unknown as Box }] : [];
}

/** Where the icon of a task is drawn. */
function iconOf({ x, y }: Box): Box {
  return { x, y, width: 28, height: 28 };
}

function meet(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

/** True where two segments run side by side, closer than a person can tell apart. */
function runAlong([p, q]: Segment, [r, s]: Segment): boolean {
  const near = 24;
  const overlap = (a: number, b: number, c: number, d: number) =>
    Math.min(Math.max(a, b), Math.max(c, d)) - Math.max(Math.min(a, b), Math.min(c, d));
  const isAcross = p.y === q.y && r.y === s.y && Math.abs(p.y - r.y) < near;
  const isDown = p.x === q.x && r.x === s.x && Math.abs(p.x - r.x) < near;
  return (
    (isAcross && overlap(p.x, q.x, r.x, s.x) > near) ||
    (isDown && overlap(p.y, q.y, r.y, s.y) > near)
  );
}

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
