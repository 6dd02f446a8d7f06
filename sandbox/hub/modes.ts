/** How a Hub treats settings where no public source says how a real one does. Tests run both ways. */
export interface SettingsModes {
  /** PUT on a key that is missing: creates it, or answers 404. */
  putMissing: 'creates' | 'not-found';
  /** PUT merges its fields into the setting, or replaces the setting by them. */
  put: 'merges' | 'replaces';
  /** POST on a key that exists: answers 409, or overwrites. */
  postExisting: 'conflict' | 'overwrites';
  /** Passwords in what `/my/config/settings` answers. */
  passwords: 'readable' | 'masked';
  /** Whether the list shows a write at once, or only after a second where it came without `refresh=true`. */
  search: 'immediate' | 'lags';
}

/** How the embedded Hub behaves where no public source says how a real one does. */
export interface HubModes extends SettingsModes {
  /** Whether `GET /admin/workflows` exists. */
  workflowsList: boolean;
  /** Whether `GET /admin/resources` and `/admin/resources/file` exist. */
  resourcesApi: boolean;
  /** Whether scripts have `functions.generateUuid()`. */
  generateUuid: boolean;
}

/** The modes that a sandbox starts with. */
export const usualModes: HubModes = {
  putMissing: 'not-found',
  put: 'replaces',
  postExisting: 'conflict',
  passwords: 'readable',
  search: 'immediate',
  workflowsList: true,
  resourcesApi: true,
  generateUuid: true,
};
