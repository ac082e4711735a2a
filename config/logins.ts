export default {
  /** How long a login waits, in milliseconds, while strangers guess at its name. */
  strangersWait: 4_000,
}
