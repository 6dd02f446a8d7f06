// bpmnlint ships types for its rules, but none for its entry points; this is the part that is used here.
declare module 'bpmnlint' {
  export class Linter {
    constructor(options: { config: { extends: string | string[] }; resolver: unknown });
    lint(definitions: unknown): Promise<Record<string, { id: string; message: string }[]>>;
  }
}

declare module 'bpmnlint/lib/resolver/node-resolver.js' {
  export default class NodeResolver {
    constructor(options: Record<string, unknown>);
  }
}

declare module 'bpmnlint/lib/support/compile-config.js' {
  export default function compileConfig(config: unknown, resolver: unknown): Promise<string>;
}
