import { test } from '@japa/runner'
import { fold } from '#text/fold'
import { SPELLING_RULES, spellingKey } from '#search/understanding/spelling'

const key = (word: string) => spellingKey(fold(word))

test.group('Spelling key', () => {
  test('is one for {0}')
    .with([
      ['आटा', 'aata', 'atta', 'ata', 'AATA', 'ａｔｔａ'],
      ['जीरा', 'ज़ीरा', 'jeera', 'zeera', 'jira', 'zira'],
      ['चाय', 'chai', 'chay', 'chaay', 'chaye'],
      ['नमकीन', 'namkeen', 'namkin', 'namakeen'],
      ['धनिया', 'dhaniya', 'dhania'],
      ['प्याज़', 'pyaz', 'pyaaz', 'piyaz', 'pyaj', 'piaz'],
      ['लौकी', 'lauki', 'loki', 'lowki', 'louki'],
      ['मूंगफली', 'mungfali', 'moongphali', 'moongfali'],
      ['चावल', 'chawal', 'chaval', 'chaawal'],
      ['चीनी', 'chini', 'cheeni', 'chinni', 'chiny'],
      ['बेसन', 'besan', 'baisan', 'besn'],
      ['पोहा', 'poha', 'pohaa'],
      ['फूल', 'phool', 'fool', 'phul'],
      ['शक्कर', 'shakkar', 'sakkar', 'shakar'],
      ['रवा', 'rava', 'rawa'],
      ['दलिया', 'daliya', 'dalia'],
      ['दही', 'dahi', 'dahee'],
      ['राजमा', 'rajma', 'raajma'],
      ['सौंफ', 'saunf', 'sonf'],
      ['साखर', 'sakhar', 'saakhar'],
      ['চিনি', 'chini', 'cheeni'],
      ['মুড়ি', 'মুড়ি', 'मुड़ी', 'mudi'],
      ['দাল', 'ਦਾਲ', 'દાળ', 'దాల్', 'ದಾಲ್', 'ദാൽ', 'ദാല്\u200d', 'daal'],
      ['ਆਲੂ', 'આલુ', 'আলু', 'ஆலு', 'ఆలు', 'ಆಲು', 'ആലു', 'aloo'],
      ['কলো', 'ক\u09b2\u09c7\u09be', 'கலோ', 'ಕಲೋ', 'കലോ', 'kalo'],
      ['ਮੱਖਣ', 'makhan'],
      ['தேங்காய்', 'thengai'],
      ['கொத்தமல்லி', 'കൊത്തമല്ലി', 'kothamalli'],
      ['கடலை', 'kadalai'],
      ['முட்டை', 'muttai'],
      ['பச்சை', 'pachai'],
      ['இஞ்சி', 'inji'],
      ['சோம்பு', 'sombu'],
      ['வெற்றிலை', 'vetrilai'],
      ['வாழைப்பழம்', 'vaazhaipazham'],
      ['తేనె', 'tene'],
      ['చింతపండు', 'chintapandu'],
      ['సోంపు', 'ಸೋಂಪು', 'sompu'],
      ['బెల్లం', 'bellam'],
      ['ಶುಂಠಿ', 'shunthi'],
      ['ಇಂಗು', 'ingu'],
      ['തേങ്ങ', 'thenga'],
      ['വറ്റൽ', 'വറ്റല്\u200d', 'vattal'],
      ['മാമ്പഴം', 'mambazham'],
      ['വെളിച്ചെണ്ണ', 'velichenna'],
    ])
    .run(({ assert }, words) => {
      assert.deepEqual([...new Set(words.map(key))], [key(words[0])])
    })

  test('tells {0} from {1}')
    .with([
      ['tel', 'til'],
      ['chana', 'chini'],
      ['kela', 'kala'],
      ['kala', 'kali'],
      ['mirch', 'march'],
      ['jeera', 'jowar'],
      ['masala', 'masoor'],
      ['atta', 'tata'],
      ['dal', 'dahi'],
      ['badam', 'badi'],
      ['मैदा', 'मेथी'],
      ['gobi', 'gur'],
    ])
    .run(({ assert }, [one, other]) => assert.notEqual(key(one), key(other)))

  test('leaves other scripts and numbers as they are', ({ assert }) => {
    for (const word of ['مرحبا', '500', '']) assert.equal(spellingKey(word), word)
  })

  test('has rules that other engines can read', ({ assert }) => {
    for (const [pattern, replacement] of SPELLING_RULES) {
      assert.notMatch(pattern, /\\[pwdsb]|\(\?:|\?<[^=!]/, pattern)
      assert.match(replacement, /^(\$1|[a-zA-Z]*)$/)
    }
  })
})
