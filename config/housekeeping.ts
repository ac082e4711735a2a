export default {
  /** How often a server removes what nobody needs any more, in milliseconds. */
  every: 10 * 60 * 1_000,
}
