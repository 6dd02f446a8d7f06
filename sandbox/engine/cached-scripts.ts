import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, compileFunction, createContext } from 'node:vm';
import type { IScripts } from 'bpmn-elements';

/** Scripts that were read and compiled once, and the realm that they run in. Shared by many runs. */
export class ScriptCache {
  readonly realm: Context = createContext({});
  readonly compiled = new Map<string, (...values: unknown[]) => void>();
  /** Sources that stand in place of files, by their path below the resources. */
  readonly replaced: ReadonlyMap<string, string>;

  constructor(replaced: ReadonlyMap<string, string> = new Map()) {
    this.replaced = replaced;
  }
}

type Callback = (error: unknown, ...results: unknown[]) => void;

interface Registered {
  execute(scope: Record<string, unknown>, callback: Callback): void;
}

interface Definition {
  readonly id: string;
  readonly type: string;
  readonly behaviour: Record<string, unknown>;
}

/**
 * Runs a flow's scripts as the Hub's own script host does, in a sandbox of the same names, but reads and compiles
 * each once. Nothing in it waits for a disk, so a simulated clock stands still while a script runs.
 */
export class CachedScripts implements IScripts {
  readonly #scripts = new Map<string, Registered>();
  readonly #flowName: string;
  readonly #resourcesDir: string;
  readonly #context: Record<string, unknown>;
  readonly #cache: ScriptCache;

  /**
   * @param flowName shown to scripts as `contextName`
   * @param resourcesDir the folder that resource paths are below
   * @param context names that scripts see besides the sandbox's own
   * @param cache compiled scripts, shared with other runs
   */
  constructor(
    flowName: string,
    resourcesDir: string,
    context: Record<string, unknown>,
    cache = new ScriptCache(),
  ) {
    this.#flowName = flowName;
    this.#resourcesDir = resourcesDir;
    this.#context = context;
    this.#cache = cache;
  }

  register({ id, type, behaviour }: Definition): undefined {
    const condition = behaviour.conditionExpression as Record<string, unknown> | undefined;
    const isFlow = type === 'bpmn:SequenceFlow';
    const format = isFlow ? condition?.language : behaviour.scriptFormat;
    const body = isFlow ? condition?.body : behaviour.script;
    const resource = isFlow ? condition?.resource : behaviour.resource;
    if (typeof format !== 'string' || !/^(js|javascript)$/i.test(format.trim())) {
      return;
    }
    const source = () => (typeof body === 'string' ? body : this.#read(resource));
    if (body || resource) {
      this.#scripts.set(id, { execute: (scope, done) => this.#execute(id, source, scope, done) });
    }
  }

  getScript(_language: string, { id }: { id: string }): never {
    return this.#scripts.get(id) as never;
  }

  #read(resource: unknown): string {
    return (
      this.#cache.replaced.get(String(resource)) ??
      readFileSync(join(this.#resourcesDir, String(resource)), 'utf8')
    );
  }

  #execute(
    id: string,
    source: () => string,
    scope: Record<string, unknown>,
    callback: Callback,
  ): void {
    let isCalled = false;
    const next: Callback = (error, ...results) => {
      if (isCalled) {
        return;
      }
      isCalled = true;
      if (error) {
        callback(error);
      } else {
        callback(null, ...results);
      }
    };
    try {
      const names = {
        ...scope,
        Date,
        console: QUIET,
        Buffer: { from: Buffer.from },
        contextName: this.#flowName,
        ...this.#context,
        next,
      };
      this.#compiled(
        `${this.#flowName}/${id}`,
        source,
        Object.keys(names),
      )(...Object.values(names));
    } catch (error) {
      next(error);
    }
  }

  // A function whose parameters are the sandbox's names sees what a script in a realm of its own would see, and
  // spares the making of a realm for each script, which takes longer than most scripts do.
  #compiled(
    name: string,
    source: () => string,
    parameters: string[],
  ): (...values: unknown[]) => void {
    const key = `${name} ${parameters.join()}`;
    const known = this.#cache.compiled.get(key);
    if (known) {
      return known;
    }
    const { realm } = this.#cache;
    const compiled = compileFunction(source(), parameters, {
      filename: name,
      parsingContext: realm,
    }) as (...values: unknown[]) => void;
    this.#cache.compiled.set(key, compiled);
    return compiled;
  }
}

const QUIET = { log() {} };
