import ipaddr from 'ipaddr.js'

const BYTES_OF_A_64 = 8

/**
 * What counts as one address: an IPv4 address, also where it is written as IPv6, and of IPv6 the /64, of which
 * a subscriber has all addresses.
 */
export function networkOf(address: string) {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  const bytes = parsed.toByteArray().map((byte, index) => (index < BYTES_OF_A_64 ? byte : 0))
  return `${ipaddr.fromByteArray(bytes)}/64`
}
