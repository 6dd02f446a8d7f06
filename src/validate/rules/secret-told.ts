import type { Blueprint } from '../blueprint.js';
import { inputText, nodeOutputs } from '../flow/connectors.js';
import { answersIn } from '../flow/given.js';
import type { Connector, Flow, FlowNode, Parameter } from '../flow/model.js';
import { readsSecrets } from '../flow/secrets.js';
import { isSecretKey } from '../flow/setting-writes.js';
import { chainsIn } from '../flow/values.js';
import { type Found, rulesOf } from '../rule.js';
import { problem } from '../text.js';

/** Rules about secrets that a flow tells others. */
export const secretToldRules = rulesOf({
  'secret-answered': {
    error:
      'What stands in the parameter output is the answer of the flow: it is shown by forms and stored with the process.',
    flow: (flow, blueprint) => {
      const secrets = new Set<string>();
      const found = flow.connectors.filter(readsSecrets).flatMap((connector) =>
        nodeOutputs(connector.node).map((output): Found => {
          const isSecret = pathsOf(output, flow, blueprint).some((path) =>
            isSecretPath(path, connector, flow, blueprint),
          );
          if (isSecret && output.name !== 'output') {
            secrets.add(`environment.output.${output.name}`);
          }
          return (
            isSecret && output.name === 'output' && flow.at(output.xml, message(connector.node))
          );
        }),
      );
      const written = chainsIn(flow, blueprint).map(({ chain, place }): Found => {
        const isOutput = /^environment\.output\.output(\.|$)/.test(chain.path);
        const [path] = isOutput ? (chain.from ?? []).filter((one) => secrets.has(one)) : [];
        const said = `This answers ${path}, a secret. Answer what was done with it.`;
        return path !== undefined && problem(place, said);
      });
      return [...found, ...written];
    },
  },
});

function message({ id }: FlowNode): string {
  return `This answers the secret that ${id} reads. Keep it under another name, and clear it at the end.`;
}

/** What a parameter passes on as it is. */
function pathsOf(parameter: Parameter, flow: Flow, blueprint: Blueprint): readonly string[] {
  const path = /^\$\{([\w.$]+)\}$/.exec(parameter.text ?? '')?.[1];
  return path === undefined
    ? answersIn(parameter, flow, blueprint).flatMap(({ answer }) => answer.paths)
    : [path];
}

/** Whether a path of a task's output is the secret that its call reads. */
function isSecretPath(
  path: string,
  connector: Connector,
  flow: Flow,
  blueprint: Blueprint,
): boolean {
  const rest = /^content\.output(?:\.(.+))?$/.exec(path);
  if (!rest) {
    return false;
  }
  if (connector.outputs.length === 0) {
    return isSecretBody(rest[1] ?? 'body', connector);
  }
  const own = connector.outputs.find(({ name }) => name === rest[1]);
  return own ? pathsOf(own, flow, blueprint).some((one) => isSecretBody(one, connector)) : false;
}

/** Whether a path of an answer is a secret setting. */
function isSecretBody(path: string, connector: Connector): boolean {
  const key = /\/config\/settings\/([^?]+)/.exec(inputText(connector, 'url'))?.[1];
  return key === undefined
    ? isSecretKey(/^body\.(\w+)$/.exec(path)?.[1] ?? '')
    : isSecretKey(key) && /^body(\.value)?$/.test(path);
}
