import PDFDocument from 'pdfkit'

const DEVANAGARI = /\p{Script=Devanagari}/u

/** The part of pdfkit that writes a line. */
const pdfkit = PDFDocument.prototype as unknown as {
  _fragment: (text: string, ...rest: unknown[]) => void
  addContent: (data: string) => void
}

function hex(text: string) {
  return Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('hex')
}

/**
 * Glyphs of Devanagari stand in another order than its letters. So that readers can copy and search the text, and
 * have it read aloud, each line says what it is.
 */
export class ReadablePdf extends PDFDocument {
  declare private line?: string | null

  _fragment(text: string, ...rest: unknown[]) {
    this.line = DEVANAGARI.test(text) ? text : null
    pdfkit._fragment.call(this, text, ...rest)
    this.line = null
  }

  addContent(data: string) {
    const isWithin = Boolean(this.line)
    if (isWithin && data === 'ET') pdfkit.addContent.call(this, 'EMC')
    pdfkit.addContent.call(this, data)
    if (isWithin && data === 'BT') {
      pdfkit.addContent.call(this, `/Span <</ActualText <${hex(this.line!)}>>> BDC`)
    }
    return this
  }
}
