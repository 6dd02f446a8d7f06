/** How the embedded Hub behaves where no public source says how a real one does. Tests run both ways. */
export interface HubModes {
  /** PUT on a key that is not there: creates it, or answers 404. */
  putMissing: 'creates' | 'not-found';
  /** PUT keeps the fields that it does not name, or resets them. */
  put: 'merges' | 'resets';
  /** POST on a key that is there: answers 409, or overwrites. */
  postExisting: 'conflict' | 'overwrites';
  /** Passwords in what `/my/config/settings` answers. */
  passwords: 'readable' | 'masked';
  /** Whether `GET /admin/workflows` is there. */
  workflowsList: boolean;
  /** Whether `GET /admin/resources` and `/admin/resources/file` are there. */
  resourcesApi: boolean;
  /** Whether scripts have `functions.generateUuid()`. */
  generateUuid: boolean;
}

/** The modes that a sandbox starts with. */
export const usualModes: HubModes = {
  putMissing: 'not-found',
  put: 'resets',
  postExisting: 'conflict',
  passwords: 'readable',
  workflowsList: true,
  resourcesApi: true,
  generateUuid: true,
};
