import type { Blueprint } from '../blueprint.js';
import type { FlowSummary } from '../flow/summary.js';
import { type Found, rulesOf } from '../rule.js';
import { problem } from '../text.js';

type Workflow = NonNullable<Blueprint['config']>['workflows'][number];

/** Rules about who may start what, and with whose rights it runs. */
export const rightsRules = rulesOf({
  'admin-call': {
    warning:
      'An /admin address needs the role admin, and onifyApiRequest has the rights of who started the flow.',
    blueprint: (blueprint) => {
      const elevated = new Set(
        blueprint.flows.flatMap(({ exchange }) =>
          exchange.calls.flatMap(({ key, isElevated }) => (isElevated ? [key] : [])),
        ),
      );
      return workflowsWithFlow(blueprint).flatMap(({ workflow, flow }) => {
        const { roles, impersonates, key } = workflow;
        // A schedule has the rights of the admin who deployed it.
        const isAsAdmin = flow.hasTimerStart || impersonates || elevated.has(key);
        return isAsAdmin || roles.some((role) => /admin/i.test(role))
          ? []
          : flow.exchange.asAdmin.map((use): Found => {
              const message = `${use.name} needs the role admin, but the workflow ${key} is for ${nameOf(roles)}. Call it with onifyElevatedApiRequest.`;
              return problem({ file: flow.path, ...use }, message);
            });
      });
    },
  },
  'role-wider': {
    warning: 'Who may open a form and not start its workflow fills it in for nothing.',
    blueprint: (blueprint) => {
      const { config, forms, locate } = blueprint;
      const workflows = new Map((config?.workflows ?? []).map((one) => [one.key, one]));
      const pages = new Map(forms.map((form) => [form.path, form]));
      const ofForms = (config?.forms ?? []).flatMap((form) => {
        const runs = form.templates.flatMap((path) => pages.get(locate(path) ?? '')?.runs ?? []);
        const keys = new Set([form.workflow ?? '', ...runs.map(({ name }) => name)]);
        return [...keys].map((key): Found => {
          const allowed = workflows.get(key)?.roles ?? [];
          const missing = lacking(form.roles, allowed);
          const message = `The form ${form.slug} is for ${missing}, but its workflow ${key} is only for ${nameOf(allowed)}. Give both the same roles.`;
          return missing !== undefined && problem(form, message);
        });
      });
      const ofFlows = workflowsWithFlow(blueprint).flatMap(({ workflow, flow }) =>
        flow.exchange.calls.map(({ key, isElevated }): Found => {
          const isOwn = !isElevated && !workflow.impersonates && !flow.hasTimerStart;
          const allowed = workflows.get(key)?.roles ?? [];
          const missing = isOwn ? lacking(workflow.roles, allowed) : undefined;
          const message = `The workflow ${workflow.key} is for ${missing}, but it runs ${key}, which is only for ${nameOf(allowed)}. Run it with onifyElevatedApiRequest.`;
          return missing !== undefined && problem(workflow, message);
        }),
      );
      return [...ofForms, ...ofFlows];
    },
  },
});

function workflowsWithFlow({
  config,
  flows,
  locate,
}: Blueprint): { workflow: Workflow; flow: FlowSummary }[] {
  const byPath = new Map(flows.map((flow) => [flow.path, flow]));
  return (config?.workflows ?? []).flatMap((workflow) => {
    const { bpmnresource } = workflow;
    const flow = byPath.get((bpmnresource !== undefined && locate(bpmnresource)) || '');
    return flow ? [{ workflow, flow }] : [];
  });
}

/** The roles that are not allowed; undefined where all are. An admin may start anything, and so may all where none is named. */
function lacking(roles: readonly string[], allowed: readonly string[]): string | undefined {
  const missing = roles.filter((role) => role !== 'admin' && !allowed.includes(role));
  return allowed.length > 0 && missing.length > 0 ? nameOf(missing) : undefined;
}

function nameOf(roles: readonly string[]): string {
  return roles.length === 0 ? 'everyone' : roles.slice(0, 5).join(', ');
}
