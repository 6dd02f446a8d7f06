/**
 * @param hostname as it stands in a parsed URL, which writes every form of an IPv4 address with four numbers
 * @returns whether it is this computer's own (RFC 6761, section 6.3; RFC 5735, section 3; RFC 4291, section 2.5.3)
 */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
