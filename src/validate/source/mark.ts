/** What a comment begins with that silences a finding. */
export const MARK = 'onify-ignore';
