import type { Context } from '../core/context.js';
import { BlueprintError, ConfigError, InterruptedError, RefusedError } from '../core/errors.js';
import { counted } from '../core/text.js';
import type { OpenBrowser } from './browser.js';
import { type Consent, waitForConsent } from './consent.js';
import { openReceiver, type Receiver } from './receiver.js';
import type { RedirectUri } from './redirect-uri.js';
import { CODE_EXPECTED, type Refusal } from './refusals.js';

/** How a code is to be got. */
interface CodeRequest {
  readonly redirectUri: RedirectUri;
  readonly state: string;
  /** Seconds to wait for the approval. */
  readonly seconds: number;
  /** Undefined where the address is only printed, and an answer may be pasted. */
  readonly openBrowser: OpenBrowser | undefined;
  /** False where stdin was already read for something else. */
  readonly mayReadStdin: boolean;
  /** Makes the activation URL; called once something waits for the answer. */
  readonly activationUrl: () => Promise<string>;
}

/** What waits for the browser, if anything, and what to say when nothing is pasted either. */
interface Opened {
  readonly receiver: Receiver | undefined;
  readonly whenNoInput: BlueprintError;
}

const PASTE_ONLY = "Fortnox's answer has to be pasted here.";

/**
 * Lets a person approve in Fortnox, and catches the code: on the loopback, from stdin, or both.
 *
 * @returns a code whose state was checked, or a bare one that was pasted; registered with the output as a secret
 * @throws BlueprintError for each way in which this can fail
 */
export async function obtainCode(request: CodeRequest, context: Context): Promise<string> {
  const say = ({ message, hint }: Refusal) => {
    context.output.note(message);
    context.output.note(hint);
  };
  if (!request.redirectUri.loopback && !request.mayReadStdin) {
    const message = "The token was read from stdin, so Fortnox's answer cannot be pasted there.";
    const hint = 'Give the token in ONIFY_API_TOKEN or in a file.';
    throw new ConfigError('stdin_used_twice', message, hint);
  }
  const { receiver, whenNoInput } = await open(request, context, say);
  try {
    const url = await request.activationUrl();
    const mayPaste = await show(url, request, receiver, context);
    const consent = await waitForConsent({
      receiver,
      lines: mayPaste ? context.stdin : undefined,
      state: request.state,
      seconds: request.seconds,
      signal: context.signal,
      onIgnored: say,
    });
    return codeOf(consent, request.seconds, whenNoInput, context);
  } finally {
    await receiver?.close();
  }
}

/**
 * Reads a code from stdin that was obtained elsewhere.
 *
 * @param seconds how long to wait for it
 * @throws BlueprintError when there is none, or it is not a code
 */
export async function codeFromStdin(context: Context, seconds: number): Promise<string> {
  const { stdin, signal, output } = context;
  const say = (text: string) => {
    if (stdin.isTTY) {
      output.note(text);
    }
  };
  say('Paste the code from Fortnox and press Enter:');
  const consent = await waitForConsent({
    receiver: undefined,
    lines: stdin,
    state: undefined,
    seconds,
    signal,
    onIgnored: () => {
      say(CODE_EXPECTED.message);
      say(CODE_EXPECTED.hint);
    },
  });
  const isNoCode = consent.kind === 'input-ended' && consent.last !== undefined && !stdin.isTTY;
  if (isNoCode) {
    throw new ConfigError(CODE_EXPECTED.code, CODE_EXPECTED.message, CODE_EXPECTED.hint);
  }
  return codeOf(consent, seconds, noCode(), context);
}

async function open(
  request: CodeRequest,
  context: Context,
  say: (refusal: Refusal) => void,
): Promise<Opened> {
  const { redirectUri, state } = request;
  if (!redirectUri.loopback) {
    context.output.note(`The redirect URI leads elsewhere. ${PASTE_ONLY}`);
    return { receiver: undefined, whenNoInput: noCode() };
  }
  try {
    const receiver = await openReceiver(redirectUri.loopback, state, say);
    return { receiver, whenNoInput: noCode() };
  } catch (error) {
    // Where pasting was asked for, the browser may well be on another computer, where this port means nothing.
    const mayGoOn = !request.openBrowser && request.mayReadStdin;
    if (!mayGoOn || !(error instanceof BlueprintError)) {
      throw error;
    }
    context.output.warn(error.message);
    context.output.note(PASTE_ONLY);
    return { receiver: undefined, whenNoInput: error };
  }
}

/** Shows the address, in the browser or as text; answers whether a pasted answer is expected. */
async function show(
  url: string,
  request: CodeRequest,
  receiver: Receiver | undefined,
  { output, signal }: Context,
): Promise<boolean> {
  const isListening = receiver !== undefined;
  const start = request.openBrowser && receiver ? receiver.startAt(url) : url;
  const isOpen = (await request.openBrowser?.(start, signal)) === true;
  const mayPaste = request.mayReadStdin && (!isOpen || !isListening);
  output.note(
    isOpen
      ? 'Fortnox opens in the browser. If it does not, open this address yourself:'
      : 'Open this address in a browser:',
  );
  for (const line of ['', isOpen ? start : url, '']) {
    output.note(line);
  }
  output.note('A system administrator of the company logs in to Fortnox there and approves.');
  if (mayPaste) {
    output.note('Then paste the address that Fortnox leads to, or its code, and press Enter.');
  }
  if (isListening) {
    output.note(`Waiting for Fortnox's answer at ${request.redirectUri.text} ...`);
  }
  return mayPaste;
}

/** The code of a wait that brought one; every other end is a failure. */
function codeOf(
  consent: Consent,
  seconds: number,
  whenNoInput: BlueprintError,
  context: Context,
): string {
  const isInMinutes = seconds >= 120 && seconds % 60 === 0;
  const duration = isInMinutes ? counted(seconds / 60, 'minute') : counted(seconds, 'second');
  switch (consent.kind) {
    case 'approved':
      context.output.secret(consent.code);
      return consent.code;
    case 'refused':
      throw refused(consent.refusal);
    case 'input-ended':
      if (context.stdin.isTTY) {
        throw new InterruptedError();
      }
      throw consent.last ? refused(consent.last) : whenNoInput;
    case 'timeout':
      throw new RefusedError(
        'activation_timeout',
        `No answer came from Fortnox within ${duration}.`,
        'Run "fortnox-blueprint activate" again; --wait SECONDS allows more time.',
      );
  }
}

function refused({ code, message, hint }: Refusal): RefusedError {
  return new RefusedError(code, message, hint);
}

function noCode(): BlueprintError {
  return new ConfigError(
    'activation_code_missing',
    'No code was given on stdin.',
    'The code stands in the address that Fortnox leads to, between "code=" and "&".',
  );
}
