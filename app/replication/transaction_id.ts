const EPOCH = 1n << 32n

/**
 * Whether a snapshot shows the transaction. The log carries the lower 32 bits of a transaction id; the upper 32
 * are chosen to be nearest to `next`, as PostgreSQL does.
 *
 * @param id the lower 32 bits
 * @param next the snapshot's xmax: transactions from here on are not visible
 * @param running the snapshot's transactions in progress
 */
export function isVisible(id: number, next: bigint, running: bigint[]): boolean {
  let full = next - (next % EPOCH) + BigInt(id)
  if (full > next + EPOCH / 2n) full -= EPOCH
  else if (full < next - EPOCH / 2n) full += EPOCH
  return full < next && !running.includes(full)
}
