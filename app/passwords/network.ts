import ipaddr from 'ipaddr.js'

const BYTES_OF_A_64 = 8

/**
 * Groups addresses for rate limits: IPv4 addresses (also in IPv6 notation) individually, IPv6 by /64, the block of
 * one subscriber.
 */
export function networkOf(address: string) {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  const bytes = parsed.toByteArray().map((byte, index) => (index < BYTES_OF_A_64 ? byte : 0))
  return `${ipaddr.fromByteArray(bytes)}/64`
}
