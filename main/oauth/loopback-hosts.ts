/** Hosts that are this computer, where http is as good as https. Source: RFC 8252 section 8.3. */
export const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * True for every name that means this computer, also those that are no safe place for http: names
 * below `localhost` (RFC 6761 section 6.3), all of 127.0.0.0/8 and the unspecified addresses.
 *
 * @param hostname as `URL` spells it
 */
export function isThisComputer(hostname: string): boolean {
  return (
    LOOPBACK_HOSTS.has(hostname) ||
    /(^|\.)localhost\.?$/.test(hostname) ||
    /^127(\.\d+){3}$/.test(hostname) ||
    hostname === '0.0.0.0' ||
    hostname === '[::]'
  )
}
