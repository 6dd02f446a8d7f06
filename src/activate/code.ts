import type { Context } from '../core/context.js';
import { BlueprintError, ConfigError, InterruptedError, RefusedError } from '../core/errors.js';
import { counted } from '../core/text.js';
import { type Consent, waitForConsent } from './consent.js';
import type { Ending } from './page.js';
import { openReceiver, type Receiver } from './receiver.js';
import { CODE_EXPECTED, type Refusal } from './refusals.js';
import { type Showing, showAddress } from './show-address.js';

/** How a code is to be got. */
interface CodeRequest extends Showing {
  readonly state: string;
  /** Seconds to wait for the approval. */
  readonly seconds: number;
  /** Makes the activation URL; called once something waits for the answer. */
  readonly activationUrl: () => Promise<string>;
}

/** What waits for the browser, if anything, and what to say when nothing is pasted either. */
interface Opened {
  readonly receiver: Receiver | undefined;
  readonly whenNoInput: BlueprintError;
}

/** A code, and who is to be told what became of it. */
export interface Obtained {
  /** Registered with the output as a secret. */
  readonly code: string;
  /** Tells the browser that brought it, if one did, how the activation ended, and stops listening. */
  end(ending: Ending): Promise<void>;
}

const PASTE_ONLY = "Fortnox's answer has to be pasted here.";

/**
 * Lets a person approve in Fortnox, and catches the code: on the loopback, from stdin, or both.
 *
 * @returns a code whose state was checked, or a bare one that was pasted; `end` has to be called
 * @throws BlueprintError for each way in which this can fail
 */
export async function obtainCode(request: CodeRequest, context: Context): Promise<Obtained> {
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
    const mayPaste = await showAddress(url, request, receiver, context);
    const consent = await waitForConsent({
      receiver,
      lines: mayPaste ? context.stdin : undefined,
      state: request.state,
      seconds: request.seconds,
      signal: context.signal,
      onIgnored: say,
    });
    const code = codeOf(consent, request.seconds, whenNoInput, context);
    const end = async (ending: Ending) => {
      await receiver?.conclude(ending);
      await receiver?.close();
    };
    return { code, end };
  } catch (error) {
    await receiver?.close();
    throw error;
  }
}

/**
 * Reads a code from stdin that was obtained elsewhere.
 *
 * @param seconds how long to wait for it
 * @returns the code; nobody waits in a browser for how it ends
 * @throws BlueprintError when there is none, or it is not a code
 */
export async function codeFromStdin(context: Context, seconds: number): Promise<Obtained> {
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
  return { code: codeOf(consent, seconds, noCode(), context), end: async () => undefined };
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
