import type { CampaignReport } from './campaign.js';

const MOST_TRACES = 5;

/** @returns a campaign's report for a person, at most 80 columns where the traces allow it */
export function render(report: CampaignReport): string {
  const { histories, seconds, unavoidable } = report;
  const rate = seconds > 0 ? ` (${(histories / seconds).toFixed(1)} a second)` : '';
  const lines = [
    `${histories} histories from seed ${report.seed}, ${report.clientCredentials ? 'with' : 'without'} client credentials`,
    `${report.runs} runs of flows, ${report.calls} calls, ${seconds.toFixed(1)} s${rate}`,
    '',
    'Faults that hit',
  ];
  for (const [name, hits] of Object.entries(report.faults).sort()) {
    lines.push(`  ${name.padEnd(28)} ${hits}`);
  }
  lines.push('', `lost         ${report.lost}`, `wrong        ${report.wrong}`);
  const causes = Object.entries(unavoidable).map(([cause, count]) => `${cause} ${count}`);
  lines.push(`unavoidable  ${causes.join(', ')}`);
  for (const found of report.findings.slice(0, MOST_TRACES)) {
    lines.push('', `${found.lost ? 'Lost' : 'Wrong'} in the history of seed ${found.seed}. Again:`);
    const flag = report.clientCredentials ? '' : ' --without-client-credentials';
    const { milliseconds, jitter = 0 } = report.latency ?? {};
    const slowly = milliseconds === undefined ? '' : ` --latency ${milliseconds}:${jitter}`;
    lines.push(`  npm run campaign -- --runs 1 --seed ${found.seed}${flag}${slowly}`);
    lines.push(...found.trace.map((line) => `  ${line}`));
  }
  const more = report.findings.length - MOST_TRACES;
  if (more > 0) {
    lines.push(
      '',
      `… and ${more} more: ${report.findings
        .slice(MOST_TRACES)
        .map(({ seed }) => seed)
        .join(' ')}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
