import type { Files } from '../../blueprint.js';
import type { Answer } from '../run.js';

/** A blueprint that is right, though a naive rule would say otherwise. */
export interface Right {
  /** What a naive rule would say. */
  readonly naive: string;
  readonly files: Files;
  /** Flows by their paths, with their variables: each is run and has to end without an error. */
  readonly runs?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly answer?: Answer;
  /** Rules that rightly find something, as often as they are named; anything else is a false alarm. */
  readonly told?: readonly string[];
  /** Rules that may find something, once each: advice that is fair but not needed. */
  readonly may?: readonly string[];
  /** Members of `environment.output` at the end, as proof that the flow does what it looks like. */
  readonly output?: Readonly<Record<string, unknown>>;
}

/** A config.json with forms and workflows by their paths below the Hub's resources. */
export function config(
  workflows: Readonly<Record<string, string>>,
  forms: Readonly<Record<string, readonly [form: string, result: string, workflow: string]>> = {},
): string {
  const document = {
    ...(Object.keys(forms).length > 0 && {
      form: Object.entries(forms).map(([slug, [form, result, workflow]]) => ({
        slug,
        title: slug,
        template: { form, result },
        role: ['user'],
        process: { workflow, title: slug },
      })),
    }),
    workflow: Object.entries(workflows).map(([key, bpmnresource]) => ({
      key,
      name: key,
      description: `Runs ${key}`,
      bpmnresource,
      role: ['user'],
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** The page after a submit. */
export const RESULT =
  'extends ../views/form/default-confirmation-form\n\nblock formContent\n  p Thank you\n';

/** A flow at the top, as Camunda Modeler deploys it, with the README that such a blueprint has; its id is the file's name. */
export function alone(source: string): Files {
  const id = /:process (?:[^>]*?)\bid="([^"]+)" [^>]*isExecutable="true"/.exec(source)?.[1];
  return {
    'README.md': '# A flow\n\nDeploy it from Camunda Modeler.\n',
    'flow.bpmn': source.replaceAll(`"${id}"`, '"flow"'),
  };
}

/** A form with its flow, in the common layout. */
export function withForm(form: string, flow: string, key: string): Files {
  return {
    'config.json': config(
      { [key]: `/flows/${key}.bpmn` },
      { [key]: [`/forms/${key}.pug`, `/forms/${key}-result.pug`, key] },
    ),
    [`resources/flows/${key}.bpmn`]: flow,
    [`resources/forms/${key}.pug`]: form,
    [`resources/forms/${key}-result.pug`]: RESULT,
  };
}
