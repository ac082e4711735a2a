const EPOCH = 1n << 32n

/**
 * Whether a snapshot shows the transaction. The log carries 32 bits of a transaction id; the upper 32
 * are those that put it nearest to `next`, as PostgreSQL compares them.
 *
 * @param id the id's lower 32 bits
 * @param next the snapshot's xmax: transactions from here on are not shown
 * @param running the snapshot's list of transactions in progress
 */
export function isVisible(id: number, next: bigint, running: bigint[]): boolean {
  let full = next - (next % EPOCH) + BigInt(id)
  if (full > next + EPOCH / 2n) full -= EPOCH
  else if (full < next - EPOCH / 2n) full += EPOCH
  return full < next && !running.includes(full)
}
