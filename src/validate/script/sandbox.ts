import { words } from '../text.js';

/** Names that the Hub's sandbox has besides the language's own (@onify/flow-extensions, FlowScripts). */
export const SANDBOX: ReadonlySet<string> = new Set([
  ...words('environment content fields properties next logger Date console Buffer functions'),
  // What the Hub adds (onify/flow-validator).
  ...words('encrypt decrypt jwt'),
  // What the engine spreads there for tasks, parameters and listeners.
  ...words('id type name listener contextName resolveExpression resolveExpressions isRootScope'),
]);

/** Members of `environment`. */
export const ENVIRONMENT: readonly string[] = words('variables output services settings');

/** Globals of the language (ECMAScript, "The Global Object"), as a fresh context of Node has them. */
export const LANGUAGE: ReadonlySet<string> = new Set(
  words(`
    undefined NaN Infinity globalThis eval isFinite isNaN parseFloat parseInt arguments
    decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape
    Object Function Boolean Symbol Number BigInt Math String RegExp JSON Reflect
    Array Map Set WeakMap WeakSet WeakRef FinalizationRegistry Promise Proxy Intl Iterator
    Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError
    ArrayBuffer SharedArrayBuffer DataView Atomics Int8Array Uint8Array Uint8ClampedArray
    Int16Array Uint16Array Int32Array Uint32Array BigInt64Array BigUint64Array
    Float32Array Float64Array WebAssembly`),
);

/** Names of Node, of browsers and of other engines that the sandbox lacks, with what to do in their place. */
const INSTEAD: readonly (readonly [names: string, instead: string])[] = [
  ['require', 'Scripts load nothing; call what you need from a service task.'],
  ['module exports', 'A script exports nothing; it answers with next.'],
  ['process', 'Read what you need from a setting.'],
  ['execution', 'Read and write environment.output, and answer with next.'],
  ['global', 'Use globalThis.'],
  ['__dirname __filename', 'Scripts have no directory.'],
  [
    'fetch XMLHttpRequest Headers Request Response FormData WebSocket EventSource',
    'Call it from a service task with the connector httpRequest.',
  ],
  ['URL URLSearchParams', 'Use encodeURIComponent, or split the text.'],
  ['crypto', 'A newer Hub has functions.generateUuid().'],
  [
    'setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask',
    'Draw a timer event.',
  ],
  ['structuredClone', 'Use JSON.parse(JSON.stringify(…)).'],
  ['TextEncoder TextDecoder atob btoa', 'Use Buffer.from(…).'],
  ['performance', 'Use Date.now().'],
  [
    `AbortController AbortSignal Blob File Event EventTarget MessageChannel BroadcastChannel
     ReadableStream window document navigator localStorage sessionStorage alert`,
    'Nothing takes its place.',
  ],
];

/** What to do in place of a name of Node, of browsers or of other engines that the sandbox lacks. */
export const LACKING: ReadonlyMap<string, string> = new Map(
  INSTEAD.flatMap(([names, instead]) => words(names).map((name) => [name, instead] as const)),
);

/** Members of what a connector answers; in its output they are names of their own. */
export const ANSWER: ReadonlySet<string> = new Set(
  words(`
    statusCode statusMessage body headers rawBody url requestUrl redirectUrls request response
    result output ok ip timings retryCount isFromCache method error data`),
);
