/** Bytes of a file; no flow, form or script is larger, and reading one takes too long. */
export const MAX_BYTES = 2 * 1024 * 1024;

/** Folders below folders, elements inside elements. */
export const MAX_DEPTH = 200;

/** XML elements of a flow; the engine takes seconds to load one with more. */
export const MAX_ELEMENTS = 50_000;

/** Files of a blueprint. */
export const MAX_FILES = 20_000;

/** Folders of a blueprint; links among them may make more of few. */
export const MAX_FOLDERS = 1_000;

/** Findings that are shown for one rule in one file. */
export const MAX_FINDINGS = 20;

/** Findings and problems of one file that are counted; beyond these it does not matter how many there are. */
export const MAX_COUNTED = 1_000;

/** Words that a rule compares in one file, and candidates that it compares one with. */
export const MAX_COMPARED = 200;

/** Characters of a timer's value. */
export const MAX_TIMER = 200;
