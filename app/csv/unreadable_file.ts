/** Why the file as a whole cannot be read, as a message of `imports` and its values. */
export class UnreadableFile extends Error {
  constructor(
    readonly reason: 'not_text' | 'not_csv' | 'columns_missing' | 'empty' | 'too_long',
    readonly values: Record<string, string | number> = {},
    options?: ErrorOptions
  ) {
    super(`Unreadable file: ${reason}`, options)
  }
}
