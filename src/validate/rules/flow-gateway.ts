import type { Found, Rule } from '../finding.js';
import { attribute } from '../flow/xml-query.js';

const DECIDES = /^(exclusive|inclusive)Gateway$/;

/** Rules about gateways and conditions. */
export const flowGatewayRules: readonly Rule[] = [
  {
    id: 'gateway-default',
    severity: 'warning',
    why: 'Where no condition holds and there is no default way, the flow fails at the gateway.',
    flow: ({ nodes, at }) =>
      nodes.flatMap((node): Found[] => {
        if (!DECIDES.test(node.type) || node.outgoing.length < 2) {
          return [];
        }
        const standard = attribute(node.xml, 'default');
        if (standard !== undefined || node.outgoing.some(({ condition }) => !condition)) {
          return [];
        }
        const message =
          'Every way out has a condition. Make one the default, for when none of them holds.';
        return [{ ...at(node.xml), message }];
      }),
  },
  {
    id: 'gateway-condition',
    severity: 'warning',
    why: 'A way without a condition is always taken, so the ways behind it are not decided but guessed.',
    flow: ({ nodes, at }) =>
      nodes.flatMap((node) => {
        if (!DECIDES.test(node.type) || node.outgoing.length < 2) {
          return [];
        }
        const standard = attribute(node.xml, 'default');
        return node.outgoing.flatMap(({ id, xml, condition }): Found[] => {
          if (id === standard) {
            if (!condition) {
              return [];
            }
            return [
              {
                ...at(xml),
                message: 'This is the default way; its condition is never asked. Take it out.',
              },
            ];
          }
          if (condition) {
            return [];
          }
          return [
            {
              ...at(xml),
              message: 'This way has no condition. Give it one, or make it the default.',
            },
          ];
        });
      }),
  },
  {
    id: 'gateway-default-way',
    severity: 'error',
    why: 'A default that is no way out of its node is never taken.',
    flow: ({ nodes, at }) =>
      nodes.flatMap((node): Found[] => {
        const standard = attribute(node.xml, 'default');
        if (standard === undefined || node.outgoing.some(({ id }) => id === standard)) {
          return [];
        }
        return [
          {
            ...at(node.xml),
            message: `The default ${standard} is no sequence flow that leaves this node.`,
          },
        ];
      }),
  },
  {
    id: 'condition-misplaced',
    severity: 'warning',
    why: 'A parallel gateway takes every way whatever its condition says, and an event-based one asks none.',
    flow: ({ nodes, at }) =>
      nodes.flatMap((node) => {
        if (!/^(parallel|eventBased)Gateway$/.test(node.type)) {
          return [];
        }
        return node.outgoing.flatMap(({ xml, condition }): Found[] => {
          if (!condition) {
            return [];
          }
          return [
            {
              ...at(xml),
              message: 'A condition has no say here. Use an exclusive or inclusive gateway.',
            },
          ];
        });
      }),
  },
  {
    id: 'condition-empty',
    severity: 'error',
    why: 'A condition that is fixed is none: any text without an expression counts as true.',
    flow: ({ edges, at }) =>
      edges.flatMap(({ xml, condition }): Found[] => {
        if (!condition) {
          return [];
        }
        const isScript = attribute(condition, 'language') !== undefined;
        const hasResource = ['resource', 'camunda:resource'].some(
          (name) => attribute(condition, name) !== undefined,
        );
        if (
          isScript ? condition.text.trim() !== '' || hasResource : condition.text.includes('${')
        ) {
          return [];
        }
        const message = isScript
          ? 'This condition has no script.'
          : 'This condition is no expression. Write it as ${…}, or as a script with its language.';
        return [{ ...at(xml), message }];
      }),
  },
];
