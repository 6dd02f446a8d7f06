import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, Script } from 'node:vm';
import type { IScripts } from 'bpmn-elements';

/** Scripts that were read and compiled once, by what they hold. Shared by many runs. */
export type ScriptCache = Map<string, Script>;

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
    cache: ScriptCache = new Map(),
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
    if (typeof format !== 'string' || !/^(js|javascript)$/i.test(format.trim())) return;
    const source = () => (typeof body === 'string' ? body : this.#read(resource));
    if (body || resource)
      this.#scripts.set(id, { execute: (scope, done) => this.#execute(id, source, scope, done) });
  }

  getScript(_language: string, { id }: { id: string }): never {
    return this.#scripts.get(id) as never;
  }

  #read(resource: unknown): string {
    return readFileSync(join(this.#resourcesDir, String(resource)), 'utf8');
  }

  #execute(id: string, source: () => string, scope: Record<string, unknown>, callback: Callback): void {
    let isCalled = false;
    const next: Callback = (error, ...results) => {
      if (isCalled) return;
      isCalled = true;
      if (error) callback(error);
      else callback(null, ...results);
    };
    try {
      const key = `${this.#flowName}/${id}`;
      const script = this.#cache.get(key) ?? new Script(source(), { filename: key });
      this.#cache.set(key, script);
      script.runInContext(
        createContext({
          ...scope,
          Date,
          console: { log() {} },
          Buffer: { from: Buffer.from },
          contextName: this.#flowName,
          ...this.#context,
          next,
        }),
      );
    } catch (error) {
      next(error);
    }
  }
}
