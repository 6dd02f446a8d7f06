import type { Form } from './form/facts.js';
import type { ScriptFacts } from './script/facts.js';
import type { ConfigFile } from './source/config.js';

/** A place in a text. Both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A text file of the blueprint. */
export interface TextFile {
  /** Below the blueprint's folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** A name and where it stands. */
export interface Named extends Position {
  readonly name: string;
}

/** Where a name that the rest of the blueprint must know stands in a flow. */
export interface Use {
  readonly name: string;
  readonly element: string;
  readonly line: number;
}

/** A key of a setting in a flow. */
export interface SettingUse extends Use {
  /** Whether it stands in an address of the settings API, and not in a script. */
  readonly isPath: boolean;
}

/** What is kept of a flow when its file has been checked. */
export interface FlowSummary {
  readonly path: string;
  /** The processes that run. */
  readonly processes: readonly { readonly id: string; readonly line: number }[];
  readonly hasTimerStart: boolean;
  /** Fields that it reads from what a form submits, its script files' reads included. */
  readonly submitFields: readonly Use[];
  /** Hub paths of its script files. */
  readonly scripts: readonly string[];
  /** Whether it works out at run time which script file it runs. */
  readonly hasDynamicScripts: boolean;
  /** Keys of the workflows that it runs. */
  readonly runs: readonly Use[];
  /** Stored keys of settings that it reads or writes. */
  readonly settings: readonly SettingUse[];
}

/** A Hub path that config.json names. */
export interface Reference extends Position {
  /** As it stands there, such as `/flows/x.bpmn`. */
  readonly path: string;
  /** What names it, such as `form fortnox-activate`. */
  readonly from: string;
}

/** A form of config.json. */
export interface ConfigForm extends Position {
  readonly slug: string;
  /** Hub paths of the form and of its result page. */
  readonly templates: readonly string[];
  /** Key of the workflow that it starts. */
  readonly workflow: string | undefined;
  readonly hasRole: boolean;
}

/** A workflow of config.json. */
export interface ConfigWorkflow extends Position {
  readonly key: string;
  readonly bpmnresource: string | undefined;
  readonly hasRole: boolean;
}

/** What config.json holds, as far as it can be read. */
export interface Config {
  readonly forms: readonly ConfigForm[];
  readonly workflows: readonly ConfigWorkflow[];
  readonly references: readonly Reference[];
}

/** What the rules know of a blueprint besides the one file that they look at. */
export interface Blueprint {
  /** Whether it is the one that this package ships, whose settings are known. */
  readonly isOwn: boolean;
  /** Of every file that is checked, below the folder. */
  readonly paths: readonly string[];
  readonly configFile: ConfigFile | undefined;
  /** Undefined where there is no config.json, or none that can be read. */
  readonly config: Config | undefined;
  readonly forms: readonly Form[];
  /** Complete only for rules about the whole blueprint: flows are read one after another. */
  readonly flows: readonly FlowSummary[];
  /** Script files by their path below the folder. */
  readonly scripts: ReadonlyMap<string, ScriptFacts>;
  /** Where a Hub path, such as `/forms/x.pug`, lies below the folder; undefined where nothing does. */
  readonly locate: (hubPath: string) => string | undefined;
}
