import type { AppModes } from './app/modes.js';
import type { RunResult } from './engine/run.js';
import type { AuthorizeSwitch } from './fortnox/authorize.js';
import type { Fortnox } from './fortnox/fortnox.js';
import type { FortnoxModes } from './fortnox/modes.js';
import type { ConfigStore } from './hub/config.js';
import type { Hub } from './hub/hub.js';
import type { HubModes } from './hub/modes.js';
import type { SettingsStore } from './hub/settings.js';
import type { Workflows } from './hub/workflows.js';
import type { Side } from './net/call.js';
import type { MovableClock } from './net/clock.js';
import type { FaultDesk } from './net/faults.js';
import type { Latency } from './net/latency.js';
import type { Tls } from './net/tls.js';
import type { Network } from './net/travel.js';

/** How a sandbox is started. */
export interface SandboxOptions {
  /** 0 for any free port, which is also the default. */
  readonly port?: number;
  readonly fortnoxPort?: number;
  readonly appPort?: number;
  /** The Hub's resources; default: a new temporary folder, removed at the end. */
  readonly resourcesDir?: string;
  /** Where settings and config are kept; default: a new temporary folder, removed at the end. */
  readonly dataDir?: string;
  readonly modes?: Partial<HubModes>;
  readonly appModes?: Partial<AppModes>;
  readonly fortnoxModes?: Partial<FortnoxModes>;
  /** How slow each side is; default: not at all. Holds for the calls of flows too. */
  readonly latency?: Readonly<Partial<Record<Side, Latency>>>;
  /** Told each call as it arrives, before anything is done. */
  readonly onCall?: Network['onCall'];
  /** How many calls from outside the Hub takes in ten seconds; default: any number. */
  readonly rateLimit?: number;
  /** Makes the Hub's API speak https; default: plain HTTP. */
  readonly tls?: Tls | undefined;
  /** The version that the OpenAPI document tells; default: that of a Hub of 2025. */
  readonly apiVersion?: string;
  /** Redirect URIs of the app besides http://localhost:2022. */
  readonly redirectUris?: readonly string[];
}

/** A running embedded Hub with its stand-in for Fortnox. */
export interface Sandbox {
  readonly apiUrl: string;
  readonly fortnoxUrl: string;
  readonly appUrl: string;
  /** What the web app's login takes for the user `admin`, where there is one. */
  readonly appPassword: string;
  /** The whole value of the authorization header, of an administrator. */
  readonly token: string;
  /** That of a user without the role admin. */
  readonly userToken: string;
  readonly resourcesDir: string;
  readonly dataDir: string;
  readonly faults: FaultDesk;
  readonly clock: MovableClock;
  readonly fortnox: Fortnox;
  readonly authorize: AuthorizeSwitch;
  readonly modes: HubModes;
  readonly appModes: AppModes;
  settings(): SettingsStore;
  config(): ConfigStore;
  workflows(): Workflows;
  /** The mails that flows sent; none left the machine. */
  readonly mails: readonly Readonly<Record<string, unknown>>[];
  /** The schedules that are armed. */
  readonly schedules: Hub['schedules'];
  /** Brings the Hub's resources to what is in the resources directory, where its mode `git` is `synced`. */
  syncResources(): void;
  /** Starts a workflow as its schedule does. */
  fireSchedule(key: string): Promise<RunResult>;
  /** Kills the Hub with every run on it, and starts it again on what it had stored. */
  restartHub(): void;
  stop(): Promise<void>;
}
