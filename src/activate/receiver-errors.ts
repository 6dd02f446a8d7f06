import { type BlueprintError, ConfigError } from '../core/errors.js';

/**
 * Says why a port cannot be listened on.
 *
 * @param error what the system said
 * @param port the port of the redirect URI
 */
export function listenError(error: unknown, port: number): BlueprintError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    return new ConfigError(
      'redirect_port_used',
      `Port ${port} is used by another program, so no answer can arrive there.`,
      'Stop that program, or use --no-browser and paste the address.',
      error,
    );
  }
  if (code === 'EACCES') {
    return new ConfigError(
      'redirect_port_forbidden',
      `This user may not listen on port ${port}, so no answer can arrive there.`,
      'Use --no-browser and paste the address that Fortnox leads to.',
      error,
    );
  }
  return new ConfigError(
    'redirect_port_failed',
    `Nothing can be received on port ${port} of this computer.`,
    'Use --no-browser and paste the address that Fortnox leads to.',
    error,
  );
}
