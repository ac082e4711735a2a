/**
 * How people write the letters of Tamil, Telugu, Kannada and Malayalam in Latin letters, where it differs from
 * Devanagari. Tamil and Malayalam have one letter for voiced and unvoiced sounds, and its neighbours tell which.
 */
const TAMIL = {
  ...{ த: 'th', ட: 'd', ச: 's', ற: 'r', ன: 'n', ழ: 'zh', ஃப: 'f' },
  ...{ த்த: 'th', ட்ட: 't', ச்ச: 'ch', ற்ற: 'tr', ங்க: 'ng', ஞ்ச: 'nj', ம்ப: 'mb' },
}

const MALAYALAM = {
  ...{ ത: 'th', ട: 'd', റ: 'r', ഩ: 'n', ഴ: 'zh' },
  ...{ ത്ത: 'th', ട്ട: 't', റ്റ: 't', ന്റ: 'nt', ങ്ങ: 'ng', ഞ്ഞ: 'nj', മ്പ: 'mb' },
}

/** In Telugu and Kannada, a dot above is an n before these, and an m before others and at the end. */
const AFTER_N = 'కఖగఘచఛజఝటఠడఢతథదధనయరలవశషసహ'
const TELUGU_DOT = '\u0C02'
const TO_KANNADA = 0x80

/** @param sounds those of the consonants of all scripts */
export function southernConsonants(sounds: ReadonlyMap<string, string>): Record<string, string> {
  const afterN = [0, TO_KANNADA].flatMap((distance) => {
    return [...AFTER_N].map((letter) => {
      const [dot, consonant] = [TELUGU_DOT, letter].map((one) => moved(one, distance))
      return [dot + consonant, `n${sounds.get(consonant)}`] as const
    })
  })
  return { ...Object.fromEntries(afterN), ...TAMIL, ఱ: 'r', ఴ: 'zh', ಱ: 'r', ೞ: 'zh', ...MALAYALAM }
}

export const SOUTHERN_SIGNS: Record<string, string> = {
  ...{ 'ం': 'm', 'ಂ': 'm', 'ം': 'm' },
  ...{ ൺ: 'n', ൻ: 'n', ർ: 'r', ൽ: 'l', ൾ: 'l', ൿ: 'k' },
}

function moved(letter: string, distance: number) {
  return String.fromCharCode(letter.charCodeAt(0) + distance)
}
