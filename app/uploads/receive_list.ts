import type { HttpContext } from '@adonisjs/core/http'
import { readList } from '#csv/read_list'
import { textOfFile, withoutNul } from '#csv/text_of_file'
import { UnreadableFile } from '#csv/unreadable_file'
import { LanguageSwitched } from '#locale/language_switched'
import { isTooLarge, MOST_BYTES, receiveFile } from '#uploads/receive_file'
import { unreadable } from '#uploads/unreadable'
import { productImportValidator } from '#validators/product_import'

/**
 * The list that was sent, as a file or as text, and how it is written.
 *
 * @throws E_VALIDATION_ERROR at the field when it cannot be read
 * @throws LanguageSwitched
 */
export async function receiveList(ctx: HttpContext) {
  const file = await receiveFile(ctx).catch((error) => {
    if (!isTooLarge(error)) throw error
    const reason = new UnreadableFile(
      'too_large',
      { most: MOST_BYTES / 1_000_000 },
      { cause: error }
    )
    throw Object.assign(unreadable('file', reason, ctx), { status: error.status })
  })
  if (ctx.isSwitched) throw new LanguageSwitched()
  const {
    csv,
    separator,
    decimal_mark: decimalMark,
  } = await ctx.request.validateUsing(productImportValidator)
  try {
    const text = file ? textOfFile(file) : withoutNul(csv ?? '')
    readList(text, { separator, columns: null, hasHeader: true })
    return { text, separator, decimalMark }
  } catch (error) {
    throw unreadable(file ? 'file' : 'csv', error, ctx)
  }
}
