import { readFonts } from '#documents/fonts'
import { ReadablePdf } from '#documents/readable_pdf'

/** `width`: its share of the sheet. */
export interface Column {
  width: number
  align?: 'left' | 'right'
}

interface Style {
  bold?: boolean
  size?: number
  /** A line above. */
  rule?: boolean
}

const MARGIN = 40
const GAP = 8
const PADDING = 3
const SIZE = 9.5

/** A4 pages of rows, with their fonts. */
export class PdfSheet {
  #y = MARGIN

  private constructor(private doc: PDFKit.PDFDocument) {}

  static async open(about: { title: string; author: string; lang: string; date: Date }) {
    const { title, author, lang, date } = about
    const { regular, bold } = await readFonts()
    const doc = new ReadablePdf({
      ...{ size: 'A4', margin: MARGIN, bufferPages: true, lang, displayTitle: true },
      info: { Title: title, Author: author, CreationDate: date },
    })
    doc.registerFont('regular', regular).registerFont('bold', bold)
    return new PdfSheet(doc)
  }

  /** Goes to the next page when it does not fit on this one. */
  row(cells: string[], columns: Column[], { bold = false, size = SIZE, rule = false }: Style = {}) {
    const { doc } = this
    doc.font(bold ? 'bold' : 'regular').fontSize(size)
    const whole = doc.page.width - 2 * MARGIN
    const widths = columns.map(({ width }) => width * whole - GAP)
    const heights = cells.map((cell, index) => doc.heightOfString(cell, { width: widths[index] }))
    const height = Math.max(...heights) + 2 * PADDING
    this.keep(height)
    if (rule) this.#rule(whole)
    let x = MARGIN
    for (const [index, cell] of cells.entries()) {
      this.#write(cell, x, widths[index], columns[index].align)
      x += widths[index] + GAP
    }
    this.#y += height
  }

  space() {
    this.#y += 3 * PADDING
  }

  /** What follows stays together, up to this height in points. */
  keep(height: number) {
    if (this.#y + height > this.#end) this.#turn()
  }

  /** @param numbered what stands at the foot of each page when there are several */
  close(numbered: (page: number, count: number) => string) {
    const { doc } = this
    const { count } = doc.bufferedPageRange()
    for (let page = 0; count > 1 && page < count; page++) {
      doc.switchToPage(page)
      doc.font('regular').fontSize(SIZE)
      this.#y = this.#end
      this.#write(numbered(page + 1, count), MARGIN, doc.page.width - 2 * MARGIN, 'right')
    }
    doc.end()
    return doc
  }

  get #end() {
    return this.doc.page.height - 1.5 * MARGIN
  }

  #write(text: string, x: number, width: number, align: Column['align'] = 'left') {
    if (!text) return
    this.doc.text(text, x, this.#y + PADDING, { width, align })
  }

  #rule(width: number) {
    this.doc
      .lineWidth(0.5)
      .moveTo(MARGIN, this.#y)
      .lineTo(MARGIN + width, this.#y)
      .stroke('#888888')
  }

  #turn() {
    this.doc.addPage()
    this.#y = MARGIN
  }
}
