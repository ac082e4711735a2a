/** The list cannot be read at all; `reason` is a message key of `imports`. */
export class UnreadableFile extends Error {
  constructor(
    readonly reason:
      'not_text' | 'spreadsheet' | 'picture' | 'pdf' | 'empty' | 'too_long' | 'too_large',
    readonly values: Record<string, string | number> = {},
    options?: ErrorOptions
  ) {
    super(`Unreadable file: ${reason}`, options)
  }
}
