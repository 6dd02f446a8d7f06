/** What a campaign finds in histories. */
export const FINDINGS = ['lost', 'wrong', 'foreign', 'spent', 'false'] as const;

/** One of these. */
export type Finding = (typeof FINDINGS)[number];
