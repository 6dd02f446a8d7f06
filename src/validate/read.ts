import { statSync } from 'node:fs';
import { posix } from 'node:path';
import { ConfigError, InterruptedError } from '../core/errors.js';
import type { Rule, ScriptUse } from './finding.js';
import type { Findings } from './findings.js';
import { readFlow } from './flow/read.js';
import { summaryOf } from './flow/summary.js';
import type { Form } from './form/facts.js';
import { IsolatedReaders, type Unread } from './isolate/isolated.js';
import type { Blueprint, FlowSummary, TextFile } from './model.js';
import { fileRules } from './rules/file.js';
import type { ScriptFacts } from './script/facts.js';
import { type ConfigFile, configOf, readConfig } from './source/config.js';
import { type FileProblem, FOLDERS, listFiles, readText, WHOLE } from './source/files.js';

const CONFIG = 'config.json';
/** Milliseconds. */
const TURN = 100;

/**
 * Reads a blueprint and has the rules look at it. Flows are read one after another, and only a summary of each is
 * kept, so that memory does not grow with their size.
 */
export class BlueprintReader {
  readonly #root: string;
  readonly #rules: readonly Rule[];
  readonly #findings: Findings;
  readonly #signal: AbortSignal | undefined;
  #turnedAt = performance.now();
  readonly #readers = new IsolatedReaders();
  readonly #forms: Form[] = [];
  readonly #flows: FlowSummary[] = [];
  readonly #scripts = new Map<string, ScriptFacts>();
  /** Script files by how flows use them. */
  readonly #used = { connector: new Set<string>(), task: new Set<string>() };

  /**
   * @param root the blueprint's folder
   * @param rules those that shall look at it
   * @param findings what they find is added there
   * @param signal ends it between two files
   */
  constructor(root: string, rules: readonly Rule[], findings: Findings, signal?: AbortSignal) {
    this.#root = root;
    this.#rules = rules;
    this.#findings = findings;
    this.#signal = signal;
  }

  /**
   * @param isOwn whether it is the blueprint that this package ships
   * @returns how many files were checked
   * @throws ConfigError when the folder is missing or holds no blueprint
   */
  async read(isOwn: boolean): Promise<number> {
    const { paths, problems } = listed(this.#root);
    for (const problem of problems) {
      this.#note(problem.path, problem);
    }
    const config = paths.includes(CONFIG) ? this.#load(CONFIG) : undefined;
    const blueprint = this.#blueprint(isOwn, paths, config && readConfig(config.text));
    if (config) {
      this.#run('text', CONFIG, config, blueprint);
    }
    const rest = paths.filter((path) => path !== CONFIG);
    const isFlow = (path: string) => /\.bpmn$/i.test(path);
    try {
      // Flows name scripts and forms, so these are read first.
      for (const path of rest) {
        if (!isFlow(path)) {
          await this.#readPart(path, blueprint);
        }
      }
      for (const path of rest) {
        if (isFlow(path)) {
          await this.#readFlow(path, blueprint);
        }
      }
    } finally {
      await this.#readers.close();
    }
    for (const [file, facts] of this.#scripts) {
      const isConnectorOutput = this.#used.connector.has(file) && !this.#used.task.has(file);
      this.#run('script', file, { file, facts, isConnectorOutput }, blueprint);
    }
    for (const form of this.#forms) {
      this.#run('form', form.path, form, blueprint);
    }
    for (const rule of this.#rules) {
      if (rule.blueprint) {
        this.#findings.add(rule, CONFIG, rule.blueprint(blueprint));
      }
    }
    return paths.length;
  }

  #blueprint(
    isOwn: boolean,
    paths: readonly string[],
    configFile: ConfigFile | undefined,
  ): Blueprint {
    const known = new Set(paths);
    return {
      isOwn,
      paths,
      configFile,
      config: configFile && configOf(configFile),
      forms: this.#forms,
      flows: this.#flows,
      scripts: this.#scripts,
      locate: (hubPath) => {
        const below = posix.normalize(hubPath).replace(/^\/+/, '');
        return [below, `resources/${below}`].find((path) => known.has(path));
      },
    };
  }

  async #readPart(path: string, blueprint: Blueprint): Promise<void> {
    await this.#turn();
    const file = this.#load(path);
    if (!file) {
      return;
    }
    this.#run('text', path, file, blueprint);
    if (/\.js$/i.test(path)) {
      const facts = await this.#readers.read('script', file);
      if (isUnread(facts)) {
        this.#note(path, facts);
      } else {
        this.#scripts.set(path, facts);
      }
    } else if (/\.pug$/i.test(path)) {
      const form = await this.#readers.read('form', file);
      if (isUnread(form)) {
        this.#note(path, form);
      } else {
        this.#forms.push(form);
      }
    }
  }

  async #readFlow(path: string, blueprint: Blueprint): Promise<void> {
    await this.#turn();
    const file = this.#load(path);
    if (!file) {
      return;
    }
    this.#run('text', path, file, blueprint);
    const problems = await this.#readers.read('bpmn', file);
    if (isUnread(problems)) {
      this.#note(path, problems);
      return;
    }
    const flow = readFlow(file, problems);
    this.#run('flow', path, flow, blueprint);
    for (const use of flow.inline) {
      this.#run('script', path, use, blueprint);
    }
    const external: ScriptUse[] = flow.scripts.flatMap((script) => {
      const { resource, body, element, isConnectorOutput } = script;
      const found =
        resource === undefined || body !== undefined ? undefined : blueprint.locate(resource);
      const facts = this.#scripts.get(found ?? '');
      if (found === undefined || !facts) {
        return [];
      }
      this.#used[isConnectorOutput ? 'connector' : 'task'].add(found);
      return [{ file: found, element, facts, isConnectorOutput }];
    });
    // A copy: a name that was cut out of the flow's text would keep all of the text in memory.
    this.#flows.push(structuredClone(summaryOf(flow, external)));
  }

  /** Lets a signal such as Ctrl-C through now and then; reading alone never would. */
  async #turn(): Promise<void> {
    if (performance.now() - this.#turnedAt < TURN) {
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
    this.#turnedAt = performance.now();
    if (this.#signal?.aborted) {
      throw new InterruptedError();
    }
  }

  #load(path: string): TextFile | undefined {
    const text = readText(this.#root, path);
    if (typeof text === 'string') {
      return { path, text };
    }
    this.#note(path, text);
    return undefined;
  }

  #note(path: string, { rule, message }: FileProblem | Unread): void {
    const known = fileRules.find(({ id }) => id === rule);
    if (known) {
      this.#findings.add(known, path, [{ message }]);
    }
  }

  #run<Kind extends 'text' | 'script' | 'form' | 'flow'>(
    kind: Kind,
    file: string,
    part: Parameters<NonNullable<Rule[Kind]>>[0],
    blueprint: Blueprint,
  ): void {
    for (const rule of this.#rules) {
      const check = rule[kind] as
        | ((part: unknown, blueprint: Blueprint) => ReturnType<NonNullable<Rule[Kind]>>)
        | undefined;
      if (check) {
        this.#findings.add(rule, file, check(part, blueprint));
      }
    }
  }
}

function isUnread(reading: object): reading is Unread {
  return 'rule' in reading;
}

function listed(root: string): ReturnType<typeof listFiles> {
  const hint = 'Give the folder that holds config.json, flows/, forms/ or resources/.';
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ConfigError('blueprint_missing', `${root} is no folder.`, hint);
  }
  let listing: ReturnType<typeof listFiles>;
  try {
    listing = listFiles(root);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ConfigError('blueprint_unreadable', `${root} can't be read (${code}).`, hint, cause);
  }
  const isPart = (path: string) =>
    path === CONFIG ||
    path === WHOLE ||
    /\.(bpmn|pug)$/i.test(path) ||
    FOLDERS.includes(path.split('/')[0] ?? '');
  if (![...listing.paths, ...listing.problems.map(({ path }) => path)].some(isPart)) {
    throw new ConfigError('blueprint_missing', `${root} holds no blueprint.`, hint);
  }
  return listing;
}
