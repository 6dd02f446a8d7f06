import type { Named, Place, Position } from '../text.js';

/** Where a name that the rest of the blueprint must know stands in a flow. */
export interface Use extends Position {
  readonly name: string;
  /** Of the flow; undefined where it stands in a script file. */
  readonly element?: string;
  /** The script file that it stands in; undefined where that is the flow itself. */
  readonly file?: string;
}

/** A flow that another one runs, as the other one sees it. */
interface Run {
  readonly key: string;
  /** Whether it is run with admin rights, and not with those of who started the flow. */
  readonly isElevated: boolean;
  /** The members of the input that it hands over; undefined where they are not all known. */
  readonly sent: readonly Use[] | undefined;
  /** The members of its output that are read. */
  readonly read: readonly Use[];
  /** What is read beside the output, where a run answers nothing. */
  readonly beside: readonly Use[];
}

/** A setting that a flow writes, with its tags. */
export interface TaggedSetting {
  /** Its stored key, where its tags stand. */
  readonly use: Use;
  readonly tags: readonly string[];
  /** The script file that makes it, besides the element of the flow. */
  readonly source?: string;
}

/** What a flow gets from one that runs it, and gives back. */
export interface Exchange {
  /** Members that it reads of its input; undefined where they are not all known. */
  readonly takes: readonly string[] | undefined;
  /** Members that its output may have; undefined where they are not all known. */
  readonly gives: readonly string[] | undefined;
  /** Whether nothing puts anything under the name output. */
  readonly isSilent: boolean;
  readonly calls: readonly Run[];
  /** Addresses that need admin rights and are called with those of who started the flow. */
  readonly asAdmin: readonly Use[];
  /** Settings that it writes with tags that are all known. */
  readonly tagged: readonly TaggedSetting[];
  /** Whether it may ask for settings by any tag, or by none. */
  readonly asksOpenly: boolean;
}

/** @returns a name with its place, as the rest of the blueprint must know it */
export function useAt(name: Named['name'], { element, file, line = 1, column = 1 }: Place): Use {
  const where = { ...(element !== undefined && { element }), ...(file !== undefined && { file }) };
  return { name, line, column, ...where };
}
