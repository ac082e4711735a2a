export default {
  /** Interval of the cleanup of expired data, in milliseconds. */
  every: 10 * 60 * 1_000,
}
