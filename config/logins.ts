export default {
  /** Delay of a login in milliseconds while unknown browsers are guessing its password. */
  strangersWait: 4_000,
}
