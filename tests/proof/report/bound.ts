/**
 * The highest share of violations that goes with what was seen, with 95 %: n independent reads without a single one bound it
 * by 3/n (the "rule of three", Hanley and Lippman-Hand, JAMA 1983), since (1 − 3/n)ⁿ < 0.05.
 *
 * @returns null where there were violations, which no rule of three bounds, or no reads
 */
export function boundOf(reads: number, violations: number) {
  return violations === 0 && reads > 0 ? 3 / reads : null
}
