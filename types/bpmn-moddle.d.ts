// bpmn-moddle 10 ships types for its model, but none for its entry point; this is the part that is used here.
declare module 'bpmn-moddle' {
  /** An element as moddle reads it: its type, its attributes by name, and what it contains. */
  export interface ModdleElement {
    readonly $type: string;
    readonly $parent?: ModdleElement;
    readonly $attrs: Record<string, unknown>;
    readonly id?: string;
    readonly name?: string;
    readonly [property: string]: unknown;
  }

  /** Something that moddle could read only in part. */
  export interface ParseWarning {
    readonly message: string;
    readonly element?: ModdleElement;
    readonly property?: string;
    readonly value?: string;
    readonly error?: Error;
  }

  /** A reference by id, as it stands in the file. */
  export interface ParsedReference {
    readonly element: ModdleElement;
    readonly property: string;
    readonly id: string;
  }

  /** What a file holds once it is read. */
  export interface ParseResult {
    readonly rootElement: ModdleElement;
    readonly references: ParsedReference[];
    readonly warnings: ParseWarning[];
    readonly elementsById: Record<string, ModdleElement>;
  }

  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>, options?: Record<string, unknown>);
    fromXML(xml: string, typeName?: string, options?: { lax?: boolean }): Promise<ParseResult>;
    toXML(element: ModdleElement, options?: { format?: boolean }): Promise<{ xml: string }>;
  }
}
