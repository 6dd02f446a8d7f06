/** Why there is no code that could be exchanged, for a person. */
export interface Refusal {
  /** Stable name, as in the JSON output's `error.code`. */
  readonly code: string;
  /** One sentence: what happened. */
  readonly message: string;
  /** What to do next. */
  readonly hint: string;
}

const LICENCE: Refusal = {
  code: 'fortnox_license_missing',
  message: 'The company has no licence for this integration in Fortnox.',
  hint: 'A system administrator of the company adds it in Fortnox; then activate again.',
};

const TROUBLE: Refusal = {
  code: 'fortnox_unavailable',
  message: 'Fortnox has a problem of its own and did not finish the approval.',
  hint: 'Run "fortnox-blueprint activate" again in some minutes.',
};

/**
 * The values of `error` in Fortnox's redirect. The first five were recorded from live integrations; the rest are
 * those of RFC 6749, section 4.1.2.1.
 */
const FORTNOX_ERRORS: ReadonlyMap<string, Refusal> = new Map(
  Object.entries({
    access_denied: {
      code: 'fortnox_access_denied',
      message: 'The access was not approved in Fortnox.',
      hint: 'Run "fortnox-blueprint activate" again, and approve when Fortnox asks.',
    },
    invalid_scope: {
      code: 'fortnox_invalid_scope',
      message: 'Fortnox does not know one of the scopes, or the app may not use it.',
      hint: 'Name the scopes of the app with --scopes "..."; they are case-sensitive.',
    },
    error_missing_license: LICENCE,
    error_missing_app_license: LICENCE,
    error_missing_system_admin_right: {
      code: 'fortnox_not_system_admin',
      message: 'Only a system administrator of the company in Fortnox can approve this.',
      hint: 'Run "fortnox-blueprint activate" again, and have one of them log in.',
    },
    unauthorized_client: {
      code: 'fortnox_unauthorized_client',
      message: 'Fortnox does not let this app ask for an approval.',
      hint: 'Check the setting fortnox_app_clientid; support@onify.co knows the right one.',
    },
    invalid_request: {
      code: 'fortnox_invalid_request',
      message: 'Fortnox does not accept the activation URL.',
      hint: 'Give the redirect URI with --redirect-uri exactly as it is registered.',
    },
    server_error: TROUBLE,
    temporarily_unavailable: TROUBLE,
  }),
);

/** A redirect without code, state and error, as a locked account was seen to give. */
export const EMPTY_REDIRECT: Refusal = {
  code: 'fortnox_empty_redirect',
  message: 'Fortnox came back without an answer, as it does for a locked account.',
  hint: 'Check that you can log in at https://apps.fortnox.se, then activate again.',
};

/** A redirect whose state is missing or another: it was asked for by someone else, or by an earlier run. */
export const FOREIGN_REDIRECT: Refusal = {
  code: 'activation_foreign_state',
  message: 'This answer does not belong to this activation: its state is different.',
  hint: 'Open the activation URL that this run printed, and use the address it leads to.',
};

/** The state is right, but the browser is not the one that the start page was opened in. */
export const FOREIGN_BROWSER: Refusal = {
  code: 'activation_foreign_browser',
  message: 'This answer comes from another browser than the one that was opened.',
  hint: 'Approve in the browser that opened, or activate again with --no-browser.',
};

/** The answer belongs here but holds something that no code looks like. */
export const UNREADABLE_CODE: Refusal = {
  code: 'activation_code_unreadable',
  message: 'This is not a code from Fortnox.',
  hint: 'Copy the code or the whole address once more, without spaces or line breaks.',
};

/** The activation URL came back in place of what follows it. */
export const PASTED_ACTIVATION_URL: Refusal = {
  code: 'activation_url_pasted',
  message: 'This is the activation URL itself, not the address that follows it.',
  hint: 'Open it in a browser, approve, and copy the address of the next page.',
};

/** No code where a code alone is read: a whole address can't be checked, as nobody knows the state that belongs to it. */
export const CODE_EXPECTED: Refusal = {
  code: 'activation_code_expected',
  message: 'What was given on stdin is not a code from Fortnox alone.',
  hint: 'Give what stands between "code=" and the next "&" in Fortnox\'s address.',
};

/**
 * Puts an `error` of Fortnox's redirect into words.
 *
 * @param error the value as it came
 * @returns the sentence for a recorded error; another one is named, without anything that does not belong in a name
 */
export function refusalOf(error: string): Refusal {
  const refusal = FORTNOX_ERRORS.get(error);
  if (refusal) {
    return refusal;
  }
  const name = error.replace(/[^\w.-]/g, '').slice(0, 60);
  return {
    code: 'fortnox_refused',
    message:
      name === ''
        ? 'Fortnox refused the approval.'
        : `Fortnox refused the approval with "${name}".`,
    hint: 'Activate again; if it stays so, send this text to support@onify.co.',
  };
}
