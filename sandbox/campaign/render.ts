import type { CampaignReport } from './campaign.js';
import { FINDINGS } from './finding.js';
import type { Outcome } from './history.js';

const MAX_TRACES = 5;

/** @returns a campaign's report for a person, at most 80 columns where the traces allow it */
export function render(report: CampaignReport): string {
  const { histories, seconds, cpuSeconds, unavoidable, found, findings } = report;
  const rate = cpuSeconds > 0 ? `, ${(histories / cpuSeconds).toFixed(1)} a second of a core` : '';
  const traced = findings.slice(0, MAX_TRACES);
  const more = findings.slice(MAX_TRACES).map(({ seed }) => seed);
  const causes = Object.entries(unavoidable).filter(([, count]) => count > 0);
  const lines = [
    `${histories} histories from seed ${report.seed}, ${report.clientCredentials ? 'with' : 'without'} client credentials`,
    ...(report.spoiled ? [`Spoiled: ${report.spoiled}`] : []),
    `${report.runs} runs of flows, ${report.calls} calls, ${seconds.toFixed(1)} s${rate}`,
    '',
    'What the worlds were like, and what happened in them',
    ...counted(report.happened),
    '',
    'Faults that hit',
    ...counted(report.faults),
    '',
    ...FINDINGS.map((finding) => `${finding.padEnd(12)} ${found[finding]}`),
    `unavoidable  ${causes.map(([cause, count]) => `${cause} ${count}`).join(', ') || 'none'}`,
    ...traced.flatMap((outcome) => replay(report, outcome)),
    ...(more.length > 0 ? ['', `… and ${more.length} more: ${more.join(' ')}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function replay(report: CampaignReport, { seed, found, trace }: Outcome): string[] {
  const flags = [
    report.clientCredentials ? '' : ' --without-client-credentials',
    report.latency ? ` --latency ${report.latency.milliseconds}:${report.latency.jitter ?? 0}` : '',
    report.spoiled ? ` --spoil "${report.spoiled}"` : '',
  ];
  const kinds = FINDINGS.filter((finding) => found[finding] > 0).join(', ');
  return [
    '',
    `The history of seed ${seed} (${kinds}). Again:`,
    `  npm run campaign -- --runs 1 --seed ${seed}${flags.join('')}`,
    ...trace.map((line) => `  ${line}`),
  ];
}

function counted(counts: Readonly<Record<string, number>>): string[] {
  const rows = Object.entries(counts).sort();
  return rows.map(([name, count]) => `  ${name.padEnd(42)} ${count}`);
}
