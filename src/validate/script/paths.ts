import type { AnyNode, SwitchCase, TryStatement } from 'acorn';
import { type Callable, functionsOf, isFunctionExpression, remembered } from './functions.js';
import { throwing } from './throwing.js';
import { childrenOf, isMention, type Placed, walk } from './tree.js';
import { closed, DONE, either, FALLS, type Uncalled } from './uncalled.js';

/** How the paths through a script end, as far as `next` is concerned. */
export class Paths {
  readonly #functions: ReadonlyMap<string, Callable>;
  readonly #uncalled = new Map<Callable, boolean>();
  /** Conditions without an else that end the script where they hold. */
  readonly #ending = new WeakSet<AnyNode>();
  readonly #mentions = new Map<Callable, boolean>();

  readonly #mayThrow: (node: AnyNode) => boolean;

  constructor(nodes: readonly Placed[]) {
    this.#functions = functionsOf(nodes);
    this.#mayThrow = throwing(nodes);
  }

  mayEndUncalled(program: AnyNode): boolean {
    if (program.type !== 'Program') {
      return false;
    }
    const { falls, returns, breaks } = this.#list(program.body);
    return falls || returns || breaks;
  }

  /** @returns whether a statement may be left, or left for good, with `next` not called in it */
  isUncalled(statement: AnyNode): boolean {
    const { falls, returns } = this.#statement(statement);
    return falls || returns;
  }

  /** @returns the function that a statement calls and does nothing else; undefined where there is none */
  calledBy(statement: AnyNode): Callable | undefined {
    const call = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
    const callee = call?.type === 'CallExpression' ? call.callee : undefined;
    const named = callee?.type === 'Identifier' ? this.#functions.get(callee.name) : undefined;
    return isFunctionExpression(callee) ? callee : named;
  }

  #list(statements: readonly AnyNode[]): Uncalled {
    let returns = false;
    let breaks = false;
    let asked = 0;
    for (const statement of statements) {
      const path = this.#statement(statement);
      returns ||= path.returns;
      breaks ||= path.breaks;
      if (!path.falls) {
        return { falls: false, returns, breaks };
      }
      asked += this.#ending.has(statement) ? 1 : 0;
    }
    // Of several conditions without an else, one may hold wherever the others don't.
    return { falls: asked < 2, returns, breaks };
  }

  #statement(node: AnyNode): Uncalled {
    switch (node.type) {
      case 'BlockStatement':
        return this.#list(node.body);
      case 'IfStatement': {
        const otherwise = node.alternate ? this.#statement(node.alternate) : FALLS;
        const path = this.#statement(node.consequent);
        if (!node.alternate && !path.falls) {
          this.#ending.add(node);
        }
        return this.#after(node.test) ? either(path, otherwise) : DONE;
      }
      case 'ReturnStatement':
        return { ...DONE, returns: !node.argument || this.#after(node.argument) };
      case 'ThrowStatement':
        return DONE;
      case 'BreakStatement':
      case 'ContinueStatement':
        return { ...DONE, breaks: true };
      case 'TryStatement':
        return this.#try(node);
      case 'SwitchStatement':
        return this.#after(node.discriminant) ? this.#switch(node.cases) : DONE;
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        return this.#loop(node);
      case 'LabeledStatement':
        return closed(this.#statement(node.body));
      case 'FunctionDeclaration':
      case 'ClassDeclaration':
        return FALLS;
      default:
        return isMention(node) || this.#after(node) ? FALLS : DONE;
    }
  }

  #loop(node: AnyNode): Uncalled {
    const body = childrenOf(node).find(({ key }) => key === 'body')?.child;
    const heads = childrenOf(node).filter(({ key }) => key !== 'body' && key !== 'update');
    if (!heads.every(({ child }) => this.#after(child)) || !body) {
      return DONE;
    }
    const path = this.#statement(body);
    const test = 'test' in node ? (node.test as AnyNode | null | undefined) : undefined;
    const isEndless =
      (node.type === 'ForStatement' && !test) || (test?.type === 'Literal' && Boolean(test.value));
    const mayNotRun = node.type !== 'DoWhileStatement' && !isEndless;
    return closed({ ...path, falls: mayNotRun || (!isEndless && path.falls) });
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
    return closed(all);
  }

  #try({ block, handler, finalizer }: TryStatement): Uncalled {
    const path = this.#statement(block);
    const both =
      handler && this.#mayThrow(block) ? either(path, this.#statement(handler.body)) : path;
    const last = finalizer ? this.#statement(finalizer) : FALLS;
    return last.falls ? both : last;
  }

  /** Whether `next` may be uncalled when an expression has been worked out. */
  #after(node: AnyNode): boolean {
    switch (node.type) {
      case 'Identifier':
        return !this.#isNext(node.name);
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
        const named = callee.type === 'Identifier' ? this.#functions.get(callee.name) : undefined;
        const called = isFunctionExpression(callee) ? callee : named;
        return called ? this.#mayReturnUncalled(called) : this.#after(callee);
      }
      default:
        return childrenOf(node).every(({ child }) => this.#after(child));
    }
  }

  #mayReturnUncalled(callable: Callable): boolean {
    // One that calls itself ends on some other path.
    return remembered(this.#uncalled, callable, ({ body }) => {
      if (body.type !== 'BlockStatement') {
        return this.#after(body);
      }
      const { falls, returns } = this.#statement(body);
      return falls || returns;
    });
  }

  #mentionsNext(callable: Callable): boolean {
    return remembered(this.#mentions, callable, () =>
      [...walk(callable)].some(({ node }) => node.type === 'Identifier' && this.#isNext(node.name)),
    );
  }

  /** Whether a name is `next`, or that of a function that mentions it. */
  #isNext(name: string): boolean {
    const callable = this.#functions.get(name);
    return name === 'next' || (callable !== undefined && this.#mentionsNext(callable));
  }
}
