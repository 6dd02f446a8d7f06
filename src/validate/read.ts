import type { Ignore } from './adopt/ignore.js';
import { ignoresIn } from './adopt/ignores.js';
import { type Blueprint, blueprintOf, onHub } from './blueprint.js';
import type { Findings } from './findings.js';
import { exchangeOf } from './flow/exchange.js';
import { moddleProblems } from './flow/moddle.js';
import type { Flow } from './flow/model.js';
import { isPlain } from './flow/plain.js';
import { readFlow } from './flow/read.js';
import { type FlowSummary, summaryOf } from './flow/summary.js';
import type { Form } from './form/facts.js';
import { readForm } from './form/read.js';
import type { Progress } from './isolate/protocol.js';
import { compareAnew } from './near.js';
import { type Found, foundIn, type Rule, type ValidationReport } from './rule.js';
import { fileRules } from './rules/file.js';
import type { ScriptFacts, ScriptUse } from './script/facts.js';
import { KnownScripts } from './script/known.js';
import { readModule, readScript } from './script/read.js';
import { readOtherConfigs } from './source/config-files.js';
import { readConfig } from './source/config-json.js';
import { copied } from './source/copied.js';
import { addDocumented, noneDocumented } from './source/documented.js';
import { readText, type Unread } from './source/files.js';
import { CONFIG, listBlueprint, WHOLE } from './source/listing.js';
import { nodeTimers } from './source/node-timers.js';
import { recognisedIn } from './source/recognised.js';
import { readXml } from './source/xml.js';
import type { TextFile } from './text.js';
import { Turns } from './turns.js';

/** Folders whose scripts run on the Onify Agent or in a browser, and not in the Hub's sandbox. */
const ELSEWHERE = /^(agent|forms|views|pages)\//i;

/** What is to be read, and what for. */
interface Job extends Pick<Blueprint, 'settingKeys'> {
  /** The blueprint's folder. */
  readonly root: string;
  /** The rules that shall look at it. */
  readonly rules: readonly Rule[];
  /** What they find is added there. */
  readonly findings: Findings;
  /** Ends it between two files. */
  readonly signal: AbortSignal | undefined;
  /** What is not read, as it was not survived before. */
  readonly skipped: readonly Unread[];
  /** Is told of each file before anything is done with it. */
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

type Kind = 'text' | 'script' | 'form' | 'flow' | 'blueprint';

/** What is known of a blueprint when it was read, besides the findings. */
interface Read extends Pick<ValidationReport, 'files' | 'recognised'> {
  readonly ignores: readonly Ignore[];
}

/**
 * Reads a blueprint and has the rules look at it. Flows are read one after another, and only a summary of each is
 * kept, so that memory does not grow with their size.
 */
export class BlueprintReader {
  readonly #job: Job;
  readonly #turns: Turns;
  readonly #forms: Form[] = [];
  readonly #flows: FlowSummary[] = [];
  readonly #scripts = new Map<string, ScriptFacts>();
  readonly #ignores: Ignore[] = [];
  readonly #documented = noneDocumented();
  readonly #known = new KnownScripts();
  /** The rules by what they look at: most look at one kind of thing, and there are many things. */
  readonly #rules: Readonly<Record<Kind, readonly Rule[]>>;
  /** Script files by how flows use them. */
  readonly #used = { connector: new Set<string>(), task: new Set<string>() };

  constructor(job: Job) {
    this.#job = job;
    this.#turns = new Turns(job.signal);
    const having = (...kinds: readonly (keyof Rule)[]) =>
      job.rules.filter((rule) => kinds.some((kind) => rule[kind] !== undefined));
    this.#rules = {
      text: having('text'),
      script: having('script'),
      form: having('form'),
      flow: having('anyFlow', 'flow', 'wholeFlow'),
      blueprint: having('blueprint'),
    };
  }

  /**
   * @returns how many files were checked, what they were taken for, and the comments in them that silence findings
   * @throws ConfigError when the folder is missing or holds no blueprint
   */
  async read(): Promise<Read> {
    const { paths, problems } = listBlueprint(this.#job.root);
    for (const problem of [...problems, ...this.#job.skipped]) {
      this.#note(problem);
    }
    const listed = { files: paths.length, recognised: recognisedIn(paths) };
    this.#job.onProgress?.({ listed });
    const config = paths.includes(CONFIG) ? this.#load(CONFIG) : undefined;
    const blueprint = blueprintOf({
      settingKeys: this.#job.settingKeys,
      paths,
      configFile: config ? readConfig(config.text) : readOtherConfigs(this.#job.root, paths),
      forms: this.#forms,
      flows: this.#flows,
      scripts: this.#scripts,
      documented: this.#documented,
      timers: nodeTimers,
    });
    if (config) {
      this.#check('text', CONFIG, (rule) => rule.text?.(config, blueprint));
    }
    // Flows name scripts and forms, so these are read first.
    const isFlow = (path: string) => /\.bpmn$/i.test(path);
    const rest = paths.filter((path) => path !== CONFIG);
    for (const path of [...rest.filter((path) => !isFlow(path)), ...rest.filter(isFlow)]) {
      await this.#readPart(path, blueprint);
    }
    for (const [file, facts] of this.#scripts) {
      await this.#turns.take();
      this.#turnTo(file);
      const isConnectorOutput = this.#used.connector.has(file) && !this.#used.task.has(file);
      this.#check('script', file, (rule) =>
        rule.script?.({ file, facts, isConnectorOutput }, blueprint),
      );
    }
    for (const form of this.#forms) {
      await this.#turns.take();
      this.#turnTo(form.path);
      this.#check('form', form.path, (rule) => rule.form?.(form, blueprint));
    }
    this.#turnTo(WHOLE);
    this.#check('blueprint', CONFIG, (rule) => rule.blueprint?.(blueprint));
    return { ...listed, ignores: this.#ignores };
  }

  async #readPart(path: string, blueprint: Blueprint): Promise<void> {
    await this.#turns.take();
    const file = this.#load(path);
    if (!file) {
      return;
    }
    this.#check('text', path, (rule) => rule.text?.(file, blueprint));
    this.#ignores.push(...ignoresIn(file));
    if (/\.m?js$/i.test(path) && ELSEWHERE.test(onHub(path))) {
      const use = { file: path, facts: readModule(file.text), isConnectorOutput: false };
      this.#check('script', path, (rule) => rule.script?.(use, blueprint));
    } else if (/\.js$/i.test(path)) {
      this.#scripts.set(path, readScript(file.text));
    } else if (/^readme[^/]*\.md$/i.test(path)) {
      addDocumented(this.#documented, file.text, path);
    } else if (/\.pug$/i.test(path)) {
      this.#forms.push(readForm(path, file.text));
    } else if (/\.bpmn$/i.test(path)) {
      const document = readXml(file.text);
      // moddle has no limits: what is nested too deeply takes it minutes.
      const isAsked = !document.isCut && !isPlain(document);
      const problems = isAsked ? await moddleProblems(file.text) : [];
      this.#checkFlow(readFlow(path, document, problems, this.#known.read), blueprint);
    }
  }

  #checkFlow(flow: Flow, blueprint: Blueprint): void {
    this.#check('flow', flow.path, (rule) => foundIn(flow, rule, blueprint));
    for (const use of flow.state === 'malformed' ? [] : flow.inline) {
      this.#check('script', flow.path, (rule) => rule.script?.(use, blueprint));
    }
    const external = flow.scripts.flatMap((script): ScriptUse[] => {
      const { element, isConnectorOutput } = script;
      const file = script.file === undefined ? undefined : blueprint.locate(script.file);
      const facts = this.#scripts.get(file ?? '');
      if (file === undefined || !facts) {
        return [];
      }
      this.#used[isConnectorOutput ? 'connector' : 'task'].add(file);
      return [{ file, element, facts, isConnectorOutput }];
    });
    // A copy: a name that was cut out of the flow's text would keep all of the text in memory.
    this.#flows.push(copied(summaryOf(flow, external, exchangeOf(flow, blueprint))));
  }

  #turnTo(path: string): void {
    this.#job.onProgress?.({ at: path });
  }

  #load(path: string): TextFile | undefined {
    this.#turnTo(path);
    if (this.#job.skipped.some(({ file }) => file === path)) {
      return undefined;
    }
    const text = readText(this.#job.root, path);
    if (typeof text === 'string') {
      return { path, text };
    }
    if (text) {
      this.#note(text);
    }
    return undefined;
  }

  #note(problem: Unread): void {
    for (const rule of fileRules.filter(({ id }) => id === problem.rule)) {
      this.#job.findings.add(rule, problem.file ?? '', [problem]);
    }
  }

  /** Has every rule look at a part of the blueprint. */
  #check(kind: Kind, file: string, check: (rule: Rule) => Iterable<Found> | undefined): void {
    for (const rule of this.#rules[kind]) {
      compareAnew();
      this.#job.findings.add(rule, file, check(rule) ?? []);
    }
  }
}
