import type { ScriptUse } from '../script/facts.js';
import type { XmlDocument, XmlElement } from '../source/xml.js';
import type { Place, Position, Problem, Severity } from '../text.js';

/** A node of a flow: a task, an event, a gateway or a sub-process. */
export interface FlowNode {
  readonly id: string;
  /** Without a prefix, such as `serviceTask`. */
  readonly type: string;
  readonly xml: XmlElement;
  /** The process or sub-process that it stands in. */
  readonly scope: XmlElement;
  /** Of a boundary event: the id of its task. */
  readonly attachedTo: string | undefined;
  /** Of an event: `timer`, `error`, … */
  readonly events: readonly string[];
  readonly incoming: readonly Edge[];
  readonly outgoing: readonly Edge[];
}

/** A sequence flow. */
export interface Edge {
  readonly id: string;
  readonly xml: XmlElement;
  readonly scope: XmlElement;
  readonly source: FlowNode | undefined;
  readonly target: FlowNode | undefined;
  readonly condition: XmlElement | undefined;
}

/** Where a flow names a script. */
export interface FlowScript {
  /** Id of the element that holds it. */
  readonly element: string;
  readonly xml: XmlElement;
  /** In small letters; undefined where none is given. */
  readonly format: string | undefined;
  /** Undefined where its text stands elsewhere. */
  readonly body: string | undefined;
  readonly resource: string | undefined;
  /** Hub path of the file that runs; undefined where its text stands here, as the Hub runs that. */
  readonly file: string | undefined;
  readonly isConnectorOutput: boolean;
}

/** An input or output parameter, or an entry of a map. */
export interface Parameter {
  readonly name: string;
  readonly xml: XmlElement;
  /** Its text where it holds no script, map or list. */
  readonly text: string | undefined;
}

/** A call of one of the Hub's connectors. */
export interface Connector {
  readonly id: string;
  readonly node: FlowNode;
  readonly xml: XmlElement;
  readonly inputs: readonly Parameter[];
  readonly outputs: readonly Parameter[];
}

/** A script whose text stands in a flow. */
export interface InlineScript extends ScriptUse {
  readonly xml: XmlElement;
}

/** A BPMN file as the rules see it. */
export interface Flow {
  readonly path: string;
  /** Whether its XML is not well-formed, some of it is not read or refers to nothing, or all of it hangs together. */
  readonly state: 'malformed' | 'broken' | 'whole';
  readonly document: XmlDocument;
  /**
   * The document's elements but those of the diagram, which are as many again, and those of processes that don't run,
   * which show how people work. So with nodes, edges, connectors and scripts.
   */
  readonly elements: readonly XmlElement[];
  /** What keeps it from being read as BPMN. */
  readonly problems: readonly Problem[];
  readonly processes: readonly XmlElement[];
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly Edge[];
  readonly byId: ReadonlyMap<string, XmlElement>;
  readonly connectors: readonly Connector[];
  readonly scripts: readonly FlowScript[];
  /** The scripts whose text stands in the flow, checked as a script file is. */
  readonly inline: readonly InlineScript[];
  /** Where an element stands. */
  readonly placeOf: (xml: XmlElement) => Place & Position;
  /** Something that is wrong with an element. */
  readonly at: (xml: XmlElement, message: string, severity?: Severity) => Problem;
}
