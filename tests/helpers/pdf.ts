import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

async function ask(program: string, options: string[], pdf: Uint8Array) {
  const child = spawn(program, [...options, '-', ...(program === 'pdftotext' ? ['-'] : [])])
  child.stdin.end(pdf)
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr)])
  if (complaint) throw new Error(complaint)
  return out
}

/** What a reader of the PDF sees and copies, line by line. */
export function textOf(pdf: Uint8Array) {
  return ask('pdftotext', ['-layout'], pdf)
}

export function fontsOf(pdf: Uint8Array) {
  return ask('pdffonts', [], pdf)
}

/** The size of each page, in mm. */
export async function sizesOf(pdf: Uint8Array) {
  const said = await ask('pdfinfo', ['-l', '-1'], pdf)
  const sizes = [...said.matchAll(/size:\s+([\d.]+) x ([\d.]+) pts/g)]
  return sizes.map(([, width, height]) => ({
    width: (Number(width) * 25.4) / 72,
    height: (Number(height) * 25.4) / 72,
  }))
}
