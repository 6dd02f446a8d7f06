/** Files beyond this many bytes are not read: no flow, form or script is that large, and reading one takes too long. */
export const MOST_BYTES = 2 * 1024 * 1024;

/** Folders below folders, elements inside elements. */
export const DEEPEST = 200;

/** XML elements of a flow; the engine takes seconds to load one with more. */
export const MOST_ELEMENTS = 50_000;

/** Files of a blueprint. */
export const MOST_FILES = 20_000;

/** Folders of a blueprint; links among them may make more of few. */
export const MOST_FOLDERS = 1_000;

/** Findings that are told for one rule in one file. */
export const MOST_FINDINGS = 20;

/** Milliseconds that reading one file may take, where it is large enough to take any. */
export const LONGEST_READ = 5_000;
