import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

/** Where a Chromium usually is; where the variable CHROMIUM names one, that one counts alone. */
const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  // Whatever a page asks for elsewhere fails, and does not leave this machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/** @returns the path of the Chromium of this machine, or undefined where there is none */
export function findChromium(named = process.env.CHROMIUM): string | undefined {
  return (named ? [named] : USUAL).find((path) => existsSync(path));
}

/** Starts a Chromium with a profile that is new and empty, and that reaches the loopback alone. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ARGS });
}

/** Starts one whose profile, history included, is kept in a folder. @internal tests look into it */
export function launchWithProfile(executablePath: string, folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { executablePath, args: ARGS });
}
