import type { AnyNode, SwitchCase } from 'acorn';
import { type Callable, functionsOf } from './chains.js';
import { childrenOf, isReference, type Placed, walk } from './tree.js';

/** How a statement may be left with `next` not called yet. */
interface Uncalled {
  readonly falls: boolean;
  readonly returns: boolean;
  readonly breaks: boolean;
}

const DONE: Uncalled = { falls: false, returns: false, breaks: false };
const FALLS: Uncalled = { ...DONE, falls: true };

/**
 * Tells whether every way through a script calls `next`. Whatever is unsure, such as a callback that calls it, counts
 * as a call, so that `sometimes` is only said of a way that surely doesn't. A throw ends a script as `next(error)` does.
 */
export function nextOf(
  program: AnyNode,
  nodes: readonly Placed[],
): 'always' | 'sometimes' | 'never' {
  const mentions = nodes.some(
    (placed) =>
      placed.node.type === 'Identifier' && placed.node.name === 'next' && isReference(placed),
  );
  if (!mentions) {
    return 'never';
  }
  return new Ways(functionsOf(nodes)).mayEndUncalled(program) ? 'sometimes' : 'always';
}

class Ways {
  readonly #functions: ReadonlyMap<string, Callable>;
  readonly #known = new Map<Callable, boolean>();

  constructor(functions: ReadonlyMap<string, Callable>) {
    this.#functions = functions;
  }

  mayEndUncalled(program: AnyNode): boolean {
    if (program.type !== 'Program') {
      return false;
    }
    const { falls, returns, breaks } = this.#list(program.body);
    return falls || returns || breaks;
  }

  #list(statements: readonly AnyNode[]): Uncalled {
    let returns = false;
    let breaks = false;
    for (const statement of statements) {
      const way = this.#statement(statement);
      returns ||= way.returns;
      breaks ||= way.breaks;
      if (!way.falls) {
        return { falls: false, returns, breaks };
      }
    }
    return { falls: true, returns, breaks };
  }

  #statement(node: AnyNode): Uncalled {
    switch (node.type) {
      case 'BlockStatement':
        return this.#list(node.body);
      case 'IfStatement': {
        if (!this.#after(node.test)) {
          return DONE;
        }
        return either(
          this.#statement(node.consequent),
          node.alternate ? this.#statement(node.alternate) : FALLS,
        );
      }
      case 'ReturnStatement':
        return { ...DONE, returns: !node.argument || this.#after(node.argument) };
      case 'ThrowStatement':
        return DONE;
      case 'BreakStatement':
      case 'ContinueStatement':
        return { ...DONE, breaks: true };
      case 'TryStatement':
        return this.#try(node.block, node.handler?.body, node.finalizer);
      case 'SwitchStatement':
        return this.#after(node.discriminant) ? this.#switch(node.cases) : DONE;
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        return this.#loop(node);
      case 'LabeledStatement': {
        const way = this.#statement(node.body);
        return { falls: way.falls || way.breaks, returns: way.returns, breaks: false };
      }
      case 'FunctionDeclaration':
      case 'ClassDeclaration':
        return FALLS;
      default:
        return this.#after(node) ? FALLS : DONE;
    }
  }

  #loop(node: AnyNode): Uncalled {
    const body = childrenOf(node).find(({ key }) => key === 'body')?.child;
    const heads = childrenOf(node).filter(({ key }) => key !== 'body' && key !== 'update');
    if (!heads.every(({ child }) => this.#after(child)) || !body) {
      return DONE;
    }
    const way = this.#statement(body);
    const test = 'test' in node ? (node.test as AnyNode | null | undefined) : undefined;
    const isEndless =
      (node.type === 'ForStatement' && !test) || (test?.type === 'Literal' && Boolean(test.value));
    const mayNotRun = node.type !== 'DoWhileStatement' && !isEndless;
    return {
      falls: mayNotRun || way.breaks || (!isEndless && way.falls),
      returns: way.returns,
      breaks: false,
    };
  }

  #switch(cases: readonly SwitchCase[]): Uncalled {
    // From the last case up, as one falls through to the one below it.
    let below: Uncalled = FALLS;
    let all: Uncalled = cases.some(({ test }) => test === null) ? DONE : FALLS;
    for (const one of [...cases].reverse()) {
      const own = this.#list(one.consequent);
      below = own.falls ? either({ ...own, falls: false }, below) : own;
      all = either(all, below);
    }
    return { falls: all.falls || all.breaks, returns: all.returns, breaks: false };
  }

  #try(
    block: AnyNode,
    handler: AnyNode | undefined,
    finalizer: AnyNode | null | undefined,
  ): Uncalled {
    const way = this.#statement(block);
    const calls = [...walk(block)].some(
      ({ node }) =>
        node.type === 'CallExpression' &&
        !(node.callee.type === 'Identifier' && node.callee.name === 'next'),
    );
    const both = handler && calls ? either(way, this.#statement(handler)) : way;
    if (!finalizer) {
      return both;
    }
    const last = this.#statement(finalizer);
    return last.falls ? both : last;
  }

  /** Whether `next` may be uncalled when an expression has been worked out. */
  #after(node: AnyNode): boolean {
    switch (node.type) {
      case 'Identifier':
        return node.name !== 'next' && !this.#mentionsNext(this.#functions.get(node.name));
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return !this.#mentionsNext(node);
      case 'VariableDeclarator': {
        const { init } = node;
        const isNamed =
          node.id.type === 'Identifier' && init && this.#functions.get(node.id.name) === init;
        return isNamed || !init ? true : this.#after(init);
      }
      case 'LogicalExpression':
        return this.#after(node.left);
      case 'ConditionalExpression':
        return (
          this.#after(node.test) && (this.#after(node.consequent) || this.#after(node.alternate))
        );
      case 'MemberExpression':
        return this.#after(node.object) && (!node.computed || this.#after(node.property));
      case 'Property':
        return this.#after(node.value);
      case 'CallExpression': {
        if (!node.arguments.every((argument) => this.#after(argument))) {
          return false;
        }
        const { callee } = node;
        const called =
          callee.type === 'Identifier'
            ? this.#functions.get(callee.name)
            : callee.type === 'FunctionExpression' || callee.type === 'ArrowFunctionExpression'
              ? callee
              : undefined;
        return called ? this.#mayReturnUncalled(called) : this.#after(callee);
      }
      default:
        return childrenOf(node).every(({ child }) => this.#after(child));
    }
  }

  #mayReturnUncalled(callable: Callable): boolean {
    const known = this.#known.get(callable);
    if (known !== undefined) {
      return known;
    }
    // One that calls itself ends by some other way.
    this.#known.set(callable, false);
    const { body } = callable;
    const way =
      body.type === 'BlockStatement'
        ? this.#statement(body)
        : { falls: this.#after(body), returns: false };
    this.#known.set(callable, way.falls || way.returns);
    return way.falls || way.returns;
  }

  readonly #mentions = new Map<Callable, boolean>();

  #mentionsNext(callable: Callable | undefined): boolean {
    if (!callable) {
      return false;
    }
    const known = this.#mentions.get(callable);
    if (known !== undefined) {
      return known;
    }
    this.#mentions.set(callable, false);
    const mentions = [...walk(callable)].some(
      ({ node }) =>
        node.type === 'Identifier' &&
        (node.name === 'next' || this.#mentionsNext(this.#functions.get(node.name))),
    );
    this.#mentions.set(callable, mentions);
    return mentions;
  }
}

function either(a: Uncalled, b: Uncalled): Uncalled {
  return {
    falls: a.falls || b.falls,
    returns: a.returns || b.returns,
    breaks: a.breaks || b.breaks,
  };
}
