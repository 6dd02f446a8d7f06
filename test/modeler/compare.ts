import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';
import { ownRules } from '../../src/blueprint/rules.js';
import { validateBlueprint } from '../../src/validate/index.js';
import { lintDefinitions } from '../../src/validate/modeler/lint.js';
import { modelerRules } from '../../src/validate/modeler/rules.js';
import type { Mutation } from '../validate/mutate/mutation.js';

/** What a flow is told in both places, each `rule element`. */
interface Compared {
  /** What moddle says of it when it is opened; undefined where it can't be opened at all. */
  readonly warnings: readonly string[] | undefined;
  readonly cliOnly: readonly string[];
  readonly modelerOnly: readonly string[];
}

const ids = new Set(modelerRules.map(({ id }) => id));

/**
 * Compares what `validate` and the modeler say of a mutation of a flow.
 *
 * @param root a folder with everything that the flow names, and no flows
 */
export async function compared({ file, text }: Mutation, root: string): Promise<Compared> {
  const source = String(text);
  const opened = await new BpmnModdle().fromXML(source).catch(() => undefined);
  if (!opened) {
    return { warnings: undefined, cliOnly: [], modelerOnly: [] };
  }
  const { rootElement: definitions, warnings } = opened;
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), source);
  const { findings } = await validateBlueprint(root, ownRules(root));
  rmSync(join(root, file));
  const own = findings.filter((finding) => finding.file === file && ids.has(finding.rule));
  // Of many findings alike the program shows the first alone.
  const cut = new Set(
    own.filter(({ message }) => / not shown\.$/.test(message)).map(({ rule }) => rule),
  );
  const cli = new Set(own.map(({ rule, element }) => `${rule} ${element ?? definitions.id}`));
  const modeler = new Set(
    [...lintDefinitions(definitions)].flatMap(([rule, reports]) =>
      reports.map(({ id }) => `${rule} ${id}`),
    ),
  );
  const isCut = (told: string) => cut.has(told.split(' ')[0] ?? '');
  return {
    warnings: warnings.map(({ message }) => message),
    cliOnly: [...cli].filter((told) => !modeler.has(told)),
    modelerOnly: [...modeler].filter((told) => !cli.has(told) && !isCut(told)),
  };
}

/** Mutations of which `validate` says more, as it knows more than the diagram; each with the reason. */
const MORE: readonly {
  readonly kind: RegExp;
  readonly told: RegExp;
  readonly reason: string;
}[] = [
  {
    kind: /^plant a secret$/,
    told: /^secret-literal /,
    reason: 'It stands in a comment, and a modeler drops comments when it opens a file.',
  },
  {
    kind: /^(missing script|script in other case|script outside)$/,
    told: /^script-resource /,
    reason: 'Whether a file is there only its folder tells.',
  },
  {
    kind: /./,
    told: /^(output-missing|sub-process-output|connector-status(-thrown)?|error-end|response-type) /,
    reason: 'What the script files do only their folder tells.',
  },
];

/** @returns what `validate` alone says of a mutation, without what it needs the folder or the file for */
export function unexplained({ kind }: Mutation, cliOnly: readonly string[]): string[] {
  return cliOnly.filter((told) => !MORE.some((one) => one.kind.test(kind) && one.told.test(told)));
}
