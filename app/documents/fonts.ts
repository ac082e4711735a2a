import { readFile } from 'node:fs/promises'

/** Latin and Devanagari, with the rupee sign. */
const PACKAGE = '@expo-google-fonts/noto-sans-devanagari'

function read(weight: string) {
  const file = `${PACKAGE}/${weight}/NotoSansDevanagari_${weight}.ttf`
  return readFile(new URL(import.meta.resolve(file)))
}

let fonts: Promise<{ regular: Buffer; bold: Buffer }> | null = null

/** Read at first use, once. */
export function readFonts() {
  return (fonts ??= Promise.all([read('400Regular'), read('700Bold')]).then(([regular, bold]) => {
    return { regular, bold }
  }))
}
