import type { Page } from 'playwright-core';

export function openModeler(page: Page, xml: string): Promise<void>;
export function removeConnection(page: Page, id: string): Promise<void>;
export function shownFindings(page: Page, element: string): Promise<string[]>;
export function takePicture(page: Page, xml: string, path: string): Promise<void>;
