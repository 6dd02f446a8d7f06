import { BlueprintError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { parseJson } from '../core/json.js';

/** Of an answer, once it is unpacked: many times what a Hub with thousands of workflows lists. */
const MAX_MEGABYTES = 32;
/** Of its body, from the first byte to the last. */
const MAX_BODY_SECONDS = 60;
/** Of its JSON: what is deeper ends those who walk through it. */
const MAX_DEPTH = 200;
const MAX_ENTRIES = 200_000;

/**
 * Reads an answer to its end, or to where it is larger than any Hub's.
 *
 * @param body its bytes
 * @param stop ends the request it belongs to, with the failure that is thrown then
 * @throws BlueprintError `hub_answer_too_large`, `hub_answer_slow`
 */
export async function answerText(
  body: AsyncIterable<Uint8Array>,
  stop: (failure: BlueprintError) => void,
): Promise<string> {
  const late = () => stop(failed('hub_answer_slow', `took more than ${MAX_BODY_SECONDS} s to end`));
  const timer = setTimeout(late, MAX_BODY_SECONDS * 1000);
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > MAX_MEGABYTES * 1024 * 1024) {
        throw failed('hub_answer_too_large', `has more than ${MAX_MEGABYTES} MB`);
      }
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @returns the JSON of an answer; undefined where it is none
 * @throws BlueprintError `hub_answer_too_large` where it is nested deeper, or holds more, than any Hub's
 */
export function answerJson(text: string): unknown {
  const json = parseJson(text);
  const open: (readonly [value: unknown, depth: number])[] = [[json, 0]];
  let entries = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, depth] = next;
    if (typeof value !== 'object' || value === null) {
      continue;
    }
    if (depth >= MAX_DEPTH) {
      throw failed('hub_answer_too_large', `is nested more than ${MAX_DEPTH} deep`);
    }
    for (const inner of Object.values(value)) {
      entries += 1;
      open.push([inner, depth + 1]);
    }
    if (entries > MAX_ENTRIES) {
      throw failed('hub_answer_too_large', `holds more than ${MAX_ENTRIES} values`);
    }
  }
  return json;
}

function failed(code: string, what: string): BlueprintError {
  const hint =
    'No Hub answers so: check that the address is the API of a Hub, and what lies between.';
  return new BlueprintError(
    code,
    `The Hub's answer ${what}, and was not read further.`,
    ExitCode.refused,
    {
      hint,
    },
  );
}
