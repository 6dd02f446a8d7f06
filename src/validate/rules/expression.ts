import { didYouMean } from '../../core/suggest.js';
import type { Found, Rule } from '../finding.js';
import type { Flow } from '../flow/model.js';
import { attribute, closest } from '../flow/xml-query.js';
import type { XmlElement } from '../source/xml.js';

// What the engine hands to an expression; a connector's output sees the answer's members as well.
const ROOTS = [
  'environment',
  'content',
  'fields',
  'properties',
  'id',
  'type',
  'name',
  'listener',
  'logger',
];
const CONSTANTS = /^(true|false|null|-?\d+(\.\d+)?)$/;
const HOLDS_EXPRESSIONS =
  /^(camunda:(inputParameter|outputParameter|entry|value|property|expression|string|field)|bpmn:(conditionExpression|loopCardinality|completionCondition|timeDuration|timeDate|timeCycle))$/;
const ATTRIBUTES = [
  ...[
    'camunda:collection',
    'camunda:elementVariable',
    'camunda:resource',
    'resource',
    'camunda:expression',
  ],
  ...[
    'camunda:assignee',
    'camunda:candidateUsers',
    'camunda:candidateGroups',
    'expression',
    'value',
    'collection',
  ],
];

/** Rules about expressions such as `${environment.output.x}`. */
export const expressionRules: readonly Rule[] = [
  {
    id: 'expression-balance',
    severity: 'error',
    why: 'An expression that is not closed is passed on as text.',
    flow: (flow) =>
      expressionsOf(flow).flatMap(({ text, xml }): Found[] => {
        const opened = text.split('${').length - 1;
        const closed = text.match(/\$\{[^{}]+\}/g)?.length ?? 0;
        if (opened !== closed) {
          return [
            {
              ...flow.at(xml),
              message: `The expression "${short(text)}" is not closed, or empty.`,
            },
          ];
        }
        const isAlmost =
          /^\$?\{?(environment|content)\.[\w.]+\}$|^\{(environment|content)\.[\w.]+\}?$/.test(text);
        if (opened > 0 || !isAlmost) {
          return [];
        }
        return [
          {
            ...flow.at(xml),
            message: `"${short(text)}" looks like an expression. Write it as \${…}.`,
          },
        ];
      }),
  },
  {
    id: 'expression-root',
    severity: 'error',
    why: 'An expression that begins with an unknown name resolves to nothing, and its value is left out.',
    flow: (flow) =>
      expressionsOf(flow).flatMap(({ text, xml }) =>
        bodiesOf(text).flatMap((body): Found[] => {
          const root = /^\s*([\w$-]+)/.exec(body)?.[1];
          if (CONSTANTS.test(body) || (root !== undefined && ROOTS.includes(root))) {
            return [];
          }
          const isAnswer = closest(xml, ({ name }) => name === 'camunda:connector') !== undefined;
          const near = didYouMean(root ?? '', ROOTS);
          if (isAnswer && root !== undefined && near === '') {
            return [];
          }
          const message = `\${${short(body)}} begins with no name that the engine knows.${near || ` It knows environment and content.`}`;
          return [{ ...flow.at(xml), message }];
        }),
      ),
  },
  {
    id: 'expression-operator',
    severity: 'error',
    why: 'The engine reads a path or a call, nothing else: with an operator the expression resolves to nothing.',
    flow: (flow) =>
      expressionsOf(flow).flatMap(({ text, xml }) =>
        bodiesOf(text).flatMap((body): Found[] => {
          const path = body.replace(/\(.*\)/g, '').replace(/'[^']*'|"[^"]*"/g, '');
          if (CONSTANTS.test(body) || !/[=<>!&|?+*;]|\s[-/]\s/.test(path)) {
            return [];
          }
          const message = `\${${short(body)}} has an operator, which the engine does not read. Use a script.`;
          return [{ ...flow.at(xml), message }];
        }),
      ),
  },
  {
    id: 'expression-path',
    severity: 'error',
    why: 'The environment has variables, output and services; anything else in it is not there.',
    flow: (flow) =>
      expressionsOf(flow).flatMap(({ text, xml }) =>
        bodiesOf(text).flatMap((body): Found[] => {
          const member = /^\s*environment\.([\w$]+)/.exec(body)?.[1];
          if (member === undefined || MEMBERS.includes(member)) {
            return [];
          }
          const near = didYouMean(member, MEMBERS);
          if (near === '') {
            return [];
          }
          return [{ ...flow.at(xml), message: `The environment has no ${member}.${near}` }];
        }),
      ),
  },
];

const MEMBERS = ['variables', 'output', 'services', 'settings'];

interface Text {
  readonly text: string;
  readonly xml: XmlElement;
}

const known = new WeakMap<Flow, readonly Text[]>();

// Each of these rules asks for them.
function expressionsOf(flow: Flow): readonly Text[] {
  const found = known.get(flow) ?? findExpressions(flow);
  known.set(flow, found);
  return found;
}

function findExpressions({ elements }: Flow): Text[] {
  return elements.flatMap((xml): Text[] => {
    const found: Text[] = [];
    const isScript = attribute(xml, 'language') !== undefined;
    if (HOLDS_EXPRESSIONS.test(xml.name) && !isScript && xml.children.length === 0) {
      const text = xml.text.trim();
      if (/[{}]/.test(text)) {
        found.push({ text, xml });
      }
    }
    for (const name of ATTRIBUTES) {
      const text = attribute(xml, name);
      if (text?.includes('$')) {
        found.push({ text, xml });
      }
    }
    return found;
  });
}

function bodiesOf(text: string): string[] {
  return [...text.matchAll(/\$\{([^{}]+)\}/g)].map(([, body = '']) => body);
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
