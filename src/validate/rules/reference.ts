import { posix } from 'node:path';
import { type Blueprint, isHere, whyMissing, workflowKeys } from '../blueprint.js';
import { isLetterOff, isOtherSpelling } from '../letter-off.js';
import { nearHint } from '../near.js';
import { type Found, rulesOf, unknownName } from '../rule.js';
import { problem } from '../text.js';

/** The Hub's own views, which a form may have for its page or its result as they are. */
const OF_HUB = /^\/views\/|(^|\/)default-(confirmation-)?form(\.pug)?$/;

/** Rules about what config.json names, and what nothing names. */
export const referenceRules = rulesOf({
  'reference-missing': {
    error: 'A flow or form that is named but not there fails when someone opens it.',
    blueprint: (blueprint) =>
      (blueprint.config?.references ?? []).map((reference): Found => {
        const isOfHub = OF_HUB.test(reference.path);
        const reason = isOfHub ? undefined : whyMissing(reference.path, blueprint);
        const message = `The ${reference.from} names ${reference.path}: ${reason}`;
        return reason !== undefined && problem(reference, message);
      }),
  },
  'reference-kind': {
    error: 'A workflow runs BPMN and a form is Pug; the Hub can make nothing of another file.',
    blueprint: ({ config }) =>
      (config?.references ?? []).map((reference): Found => {
        const ending = reference.kind === 'form' ? '.pug' : '.bpmn';
        const message = `The ${reference.from} names ${reference.path}, which is not a ${ending} file.`;
        return !reference.path.toLowerCase().endsWith(ending) && problem(reference, message);
      }),
  },
  'reference-unused': {
    warning:
      'A flow or form that config.json does not name is copied to the Hub, but nobody can start it.',
    blueprint: ({ config, paths, forms, flows, locate }) => {
      const used = new Set((config?.references ?? []).flatMap(({ path }) => locate(path) ?? []));
      // A view that another form extends or includes is used by it.
      for (const { path, parts } of forms) {
        for (const part of parts) {
          const target = part.name.startsWith('/')
            ? (locate(part.name) ?? locate(`${part.name}.pug`) ?? '')
            : posix.normalize(posix.join(posix.dirname(path), part.name));
          used.add(target).add(`${target}.pug`);
        }
      }
      const started = new Set([
        ...flows.flatMap(({ runs }) => runs.map(({ name }) => name)),
        ...forms.flatMap(({ runs }) => runs.map(({ name }) => name)),
        ...(config?.forms ?? []).map(({ workflow }) => workflow),
      ]);
      const processes = new Map(flows.map((flow) => [flow.path, flow.processes]));
      const named = new Set(
        [...used].flatMap((path) => (processes.get(path) ?? []).map(({ id }) => id)),
      );
      const files =
        config && !config.isMisnamed ? paths.filter((path) => /\.(bpmn|pug)$/i.test(path)) : [];
      return files.map((file): Found => {
        const kind = /\.bpmn$/i.test(file) ? 'workflow' : 'form';
        const message = `No ${kind} of config.json names this file. Add one, or remove the file.`;
        const isUnused = !used.has(file) && !/(^|\/)views\//.test(file);
        const isStarted = processes.get(file)?.some(({ id }) => started.has(id));
        // A copy of a flow that is named has a rule of its own.
        if (processes.get(file)?.some(({ id }) => named.has(id))) {
          return false;
        }
        return isUnused && problem({ file }, message, isStarted ? 'error' : undefined);
      });
    },
  },
  'reference-workflow': {
    warning:
      'A form whose workflow is not there fails when it is submitted; one of the Hub itself may be meant.',
    blueprint: (blueprint) => {
      const keys = workflowKeys(blueprint);
      const isKey = new Set(keys);
      const waiting = waitingForForms(blueprint);
      return (blueprint.config?.forms ?? []).map((form): Found => {
        const { slug, workflow } = form;
        if (workflow === undefined || isKey.has(workflow) || isHere(blueprint, workflow)) {
          return false;
        }
        const message = `The form ${slug} starts ${workflow}, which is not a workflow of this blueprint.`;
        const same = keys.find((key) => plainName(key) === plainName(workflow));
        if (same !== undefined) {
          return problem(form, `${message} Did you mean ${same}?`, 'error');
        }
        // What a form submits is read by this one, and no form starts it.
        if (isKey.has(slug) && waiting.has(slug)) {
          return problem(form, `${message} ${slug} reads a form, and none starts it.`, 'error');
        }
        const found = unknownName(form, workflow, keys, message);
        const hint = found.severity === 'warning' ? ' Check that the Hub has it.' : '';
        return { ...found, message: found.message + hint };
      });
    },
  },
  'process-id': {
    warning:
      'A Hub names what is deployed from a modeler by its process id, so under another key the workflow is there twice.',
    blueprint: ({ config, flows, locate }) => {
      const byPath = new Map(flows.map((flow) => [flow.path, flow]));
      const keys = new Set(config?.workflows.map(({ key }) => key));
      return (config?.workflows ?? []).map(({ key, bpmnresource }): Found => {
        const flow = byPath.get((bpmnresource !== undefined && locate(bpmnresource)) || '');
        const [process] = flow?.processes ?? [];
        // A key that is missing is another finding.
        if (!flow || !process || key.trim() === '' || flow.processes.some(({ id }) => id === key)) {
          return false;
        }
        const message = `The process is called ${process.id}, the workflow ${key}. Give both the same name.`;
        // That of another one is left from a copy.
        const isSlip =
          keys.has(process.id) || isLetterOff(process.id, key) || isOtherSpelling(process.id, key);
        return problem(
          { file: flow.path, element: process.id, line: process.line, column: process.column },
          message,
          isSlip ? 'error' : 'warning',
        );
      });
    },
  },
  'workflow-missing': {
    error: 'A flow that runs another one which is not there fails at that call.',
    blueprint: (blueprint) => {
      const keys = workflowKeys(blueprint);
      const isKey = new Set(keys);
      const prefix = commonPrefix(keys);
      return blueprint.flows.flatMap(({ path, runs }) =>
        runs.map((use): Found => {
          const isKnown = isKey.has(use.name) || isHere(blueprint, use.name);
          const near = isKnown ? '' : nearHint(use.name, keys);
          // A key that begins as all of the blueprint's do belongs to it, and not to the Hub.
          const isOurs = prefix !== undefined && use.name.startsWith(prefix);
          if (isKnown || (!isOurs && near === '')) {
            return false;
          }
          // Another blueprint of the same prefix may bring it.
          const hint = near || ' Check that the Hub has it.';
          const message = `This runs ${use.name}, which is not a workflow of this blueprint.${hint}`;
          return problem({ file: path, ...use }, message, near === '' ? 'warning' : 'error');
        }),
      );
    },
  },
});

/** The processes that read what a form submits, while no form and no flow starts them. */
function waitingForForms({ config, flows, forms }: Blueprint): Set<string> {
  const started = new Set([
    ...(config?.forms ?? []).map(({ workflow }) => workflow),
    ...[...forms, ...flows].flatMap(({ runs }) => runs.map(({ name }) => name)),
  ]);
  const waiting = flows.filter(({ submitFields }) => submitFields.length > 0);
  const ids = waiting.flatMap(({ processes }) => processes.map(({ id }) => id));
  return new Set(ids.filter((id) => !started.has(id)));
}

/** What all keys begin with, such as `fortnox-`. */
function commonPrefix(keys: readonly string[]): string | undefined {
  const prefix = /^[a-z0-9]+-/.exec(keys[0] ?? '')?.[0];
  return prefix !== undefined && keys.every((key) => key.startsWith(prefix)) ? prefix : undefined;
}

/** A name without what some people add to say what is called so. */
function plainName(key: string): string {
  return key
    .toLowerCase()
    .replace(/^(wf|flow|workflow)[-_]|[-_](wf|flow|workflow|process|bpmn|form)$/g, '');
}
