/** Words that carry no meaning for search, in Latin letters and Devanagari; folded. */
const STOP_WORDS = new Set(
  `ka ki ke ko se ne me mein wala wali wale vala vali vale wla aur ya chahiye chahie dena dedo do lena
  mujhe hame please plz the a an of for and or with in to from packet packets pack packs pkt pkts pouch
  brand kilo kg kgs gm gms ltr litre liter litres liters ml pcs piece pieces sasta saste sasti best buy
  online price rate near
  का की के को से ने में वाला वाली वाले और या चाहिए दो लेना देना मुझे पैकेट पैक पाउच किलो ग्राम लीटर मिली पीस
  सस्ता सस्ती सस्ते भाव दाम
  பாக்கெட் ప్యాకెట్ ಪ್ಯಾಕೆಟ್ പാക്കറ്റ്`
    .split(/\s+/)
    .map((word) => word.normalize('NFKD').replace(/\u093C/g, ''))
)

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word)
}
