const MEGABYTE = 1024 * 1024

export default {
  /** Rendered markup kept by a process, in bytes. */
  bytes: 16 * MEGABYTE,
  /** Rows of lists and the like, by what they show. */
  pieceBytes: 4 * MEGABYTE,
  /** Lists of people's orders, shops and products. */
  belongingBytes: 4 * MEGABYTE,
  /** Addresses and headers of pages that can be sent at once. */
  readyBytes: 2 * MEGABYTE,
}
