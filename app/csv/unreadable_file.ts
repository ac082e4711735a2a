/** The file cannot be read at all; `reason` is a message key of `imports`. */
export class UnreadableFile extends Error {
  constructor(
    readonly reason: 'not_text' | 'not_csv' | 'columns_missing' | 'empty' | 'too_long',
    readonly values: Record<string, string | number> = {},
    options?: ErrorOptions
  ) {
    super(`Unreadable file: ${reason}`, options)
  }
}
