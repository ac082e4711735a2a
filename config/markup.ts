const MEGABYTE = 1024 * 1024

export default {
  /** Rendered markup kept by a process, in bytes. */
  bytes: 32 * MEGABYTE,
  /** Rows of lists and the like, by what they show. */
  pieceBytes: 8 * MEGABYTE,
}
