export default {
  /** How long a replica that failed is left alone before the next read tries it, in milliseconds. */
  retryAfter: 1_000,
}
