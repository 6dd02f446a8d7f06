/** How the web app behaves where no public source says how a real Hub's does. Tests run both ways. */
export interface AppModes {
  /** A field's value in a helpText: shown as text, or put in as it is. */
  fieldInHelp: 'escaped' | 'raw';
  /** `{field}` in the url of a link: replaced by the field's value, or left as it stands. */
  fieldInUrl: 'resolved' | 'literal';
  /** How a checkbox reaches the flow. */
  checkbox: 'boolean' | 'text';
  /** Whether a processState also shows the process's own status, or its milestones alone. */
  processStatus: 'shown' | 'hidden';
  /** Whether a page is shown to somebody who has not logged in. */
  login: 'none' | 'required';
  /** The role of whoever looks at a page. */
  role: 'admin' | 'user';
  /** The language in the user's record, as templates see it; undefined where there is none. */
  language: string | undefined;
}

/** The modes that a sandbox starts with: the reading under which a form has it hardest. */
export const usualAppModes: AppModes = {
  fieldInHelp: 'escaped',
  fieldInUrl: 'literal',
  checkbox: 'boolean',
  processStatus: 'hidden',
  login: 'none',
  role: 'admin',
  language: undefined,
};
